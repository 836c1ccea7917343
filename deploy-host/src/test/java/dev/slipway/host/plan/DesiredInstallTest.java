package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.ObjectType;
import dev.slipway.appspec.OperatingSystem;
import dev.slipway.appspec.Permission;
import dev.slipway.appspec.SelinuxContext;
import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DesiredInstallTest {

  private static final HostDeployment DEPLOYMENT =
      HostDeployment.of("d-1", new DeploymentGroup("app", "group", "g"));

  private final List<BundleEntry> bundle = new ArrayList<>();
  private final List<Permission> permissions = new ArrayList<>();
  private final Map<String, PathState> host = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private HostPaths paths = HostPaths.PLAIN;
  private CleanupList cleanup = CleanupList.EMPTY;
  private Set<HostChoice> choices = Set.of();
  private @Nullable FileExistsBehavior behavior;

  @Test
  void makes_missing_directories_and_copies() {
    bundle.add(BundleEntry.file("content/a.txt", 0644, 1));
    permissions.add(mode("/lab/app", "640"));
    has("/", PathState.DIRECTORY);

    InstallPlan plan = plan("content", "/lab/app");

    assertThat(plan.toJson())
        .isEqualTo(
            "{\"instructions\":[{\"type\":\"mkdir\",\"directory\":\"/lab\"},"
                + "{\"type\":\"mkdir\",\"directory\":\"/lab/app\"},"
                + "{\"type\":\"copy\",\"source\":\"/archive/content/a.txt\","
                + "\"destination\":\"/lab/app/a.txt\"},"
                + "{\"type\":\"chmod\",\"mode\":\"640\",\"file\":\"/lab/app/a.txt\"}]}");
  }

  @Test
  void says_to_how_many_paths_a_permission_applies() {
    bundle.add(BundleEntry.file("web/a.txt", 0644, 1));
    bundle.add(BundleEntry.file("web/b.txt", 0644, 1));
    permissions.add(mode("/srv/web", "640"));
    permissions.add(mode("/etc", "640"));
    has("/srv", PathState.DIRECTORY);
    has("/etc", PathState.DIRECTORY);

    InstallPlan plan = plan("web", "/srv/web");

    assertThat(plan.reaches())
        .containsExactly(
            new InstallPlan.Reach("/srv/web", "**", 2), new InstallPlan.Reach("/etc", "**", 0));
    assertThat(plan.reaches().get(1).sentence())
        .startsWith("The permissions of /etc with the pattern ** apply to nothing: ");
  }

  @Test
  void makes_anew_what_was_seen_through_a_link_that_the_cleanup_removes() {
    bundle.add(BundleEntry.file("web/data/sub/f", 0644, 1));
    has("/srv", PathState.DIRECTORY);
    has("/srv/data", PathState.LINK_TO_DIRECTORY);
    has("/srv/data/sub", PathState.DIRECTORY);
    has("/srv/data/sub/f", PathState.FILE);
    cleanup = new CleanupList(List.of(new CleanupList.Entry(CleanupList.Kind.PATH, "/srv/data")));

    assertThat(plan("web", "/srv").instructions())
        .containsExactly(
            new Instruction.Mkdir("/srv/data"),
            new Instruction.Mkdir("/srv/data/sub"),
            new Instruction.Copy("/archive/web/data/sub/f", "/srv/data/sub/f", false, false));
  }

  @Test
  void refuses_a_name_that_no_cleanup_list_can_hold() {
    bundle.add(BundleEntry.file("web/a\nb", 0644, 1));

    refused("web", "/srv")
        .withMessage(
            "The deployment failed because the name of a file to install (/srv/a\\nb)"
                + " holds a line break, so the next deployment could not remove it. Rename the"
                + " file, and then try again.");
  }

  @Test
  void refuses_a_directory_that_no_cleanup_list_can_hold() {
    bundle.add(BundleEntry.directory("web/a\n/tmp/victim", 0755));

    refused("web", "/srv")
        .withMessage(
            "The deployment failed because the name of a directory to install to (/srv/a\\n) holds"
                + " a line break, so the next deployment could not remove it. Change the name, in"
                + " the bundle or the destination, and then try again.");
  }

  @Test
  void refuses_a_destination_that_no_cleanup_list_can_hold() {
    bundle.add(BundleEntry.directory("web", 0755));

    refused("web", "/d\n/tmp/victim").withMessageContaining("a directory to install to (/d\\n)");
    refused("web", "/d\n").withMessageContaining("a directory to install to (/d\\n)");
  }

  @Test
  void refuses_a_home_that_no_cleanup_list_can_hold() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    paths = HostPaths.PLAIN.withHomes(Map.of("alice", "/home/a\n"));

    refused("a.txt", "~alice").withMessageContaining("(/home/a\\n)");
  }

  @Test
  void leaves_out_what_an_entry_excludes() {
    bundle.add(BundleEntry.file("web/index.html", 0644, 1));
    bundle.add(BundleEntry.file("web/debug.log", 0644, 1));
    bundle.add(BundleEntry.file("web/.git/config", 0644, 1));
    bundle.add(BundleEntry.file("web/doc/debug.log", 0644, 1));
    bundle.add(BundleEntry.symlink("web/link.log", "index.html"));
    has("/srv", PathState.DIRECTORY);

    InstallPlan plan = plan(new FileMapping("web", "/srv", List.of("*.log", ".git/")));

    assertThat(plan.instructions())
        .containsExactly(
            new Instruction.Mkdir("/srv/doc"),
            new Instruction.Copy("/archive/web/index.html", "/srv/index.html", false, false));
  }

  @Test
  void puts_a_host_of_many_below_its_own_root() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    paths = new HostPaths("/hosts/7", "/", Map.of());

    InstallPlan plan = plan("a.txt", "/srv/../../www");

    assertThat(plan.instructions())
        .containsExactly(
            new Instruction.Mkdir("/hosts"),
            new Instruction.Mkdir("/hosts/7"),
            new Instruction.Mkdir("/hosts/7/www"),
            new Instruction.Copy("/archive/a.txt", "/hosts/7/www/a.txt", false, false));
  }

  @Test
  void finds_a_file_in_the_way_before_anything_is_removed() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    has("/srv", PathState.DIRECTORY);
    has("/srv/a.txt", PathState.FILE);

    refused("a.txt", "/srv")
        .withMessage(
            "The deployment failed because a specified file already exists at this location:"
                + " /srv/a.txt");
  }

  @Test
  void counts_what_the_cleanup_will_remove_as_gone() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    has("/srv", PathState.DIRECTORY);
    has("/srv/a.txt", PathState.FILE);
    counts.put("/srv", 1);
    cleanup = CleanupList.parse("/srv\n/srv/a.txt\n");

    assertThat(plan("a.txt", "/srv").instructions())
        .containsExactly(
            new Instruction.Mkdir("/srv"),
            new Instruction.Copy("/archive/a.txt", "/srv/a.txt", false, false));
  }

  @Test
  void keeps_a_directory_of_the_last_install_that_holds_other_things() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    has("/srv", PathState.DIRECTORY);
    has("/srv/a.txt", PathState.FILE);
    counts.put("/srv", 2);
    cleanup = CleanupList.parse("/srv\n/srv/a.txt\n");

    assertThat(plan("a.txt", "/srv").instructions())
        .containsExactly(new Instruction.Copy("/archive/a.txt", "/srv/a.txt", false, false));
  }

  @Test
  void overwrites_or_retains_as_the_appspec_says() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    has("/srv", PathState.DIRECTORY);
    has("/srv/a.txt", PathState.LINK_TO_FILE);

    behavior = FileExistsBehavior.OVERWRITE;
    assertThat(plan("a.txt", "/srv").instructions())
        .containsExactly(new Instruction.Copy("/archive/a.txt", "/srv/a.txt", false, true));

    behavior = FileExistsBehavior.RETAIN;
    assertThat(plan("a.txt", "/srv").instructions()).isEmpty();
  }

  @Test
  void replaces_a_dangling_link_instead_of_writing_through_it() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    has("/srv", PathState.DIRECTORY);
    has("/srv/a.txt", PathState.DANGLING_LINK);

    assertThat(plan("a.txt", "/srv").instructions())
        .containsExactly(new Instruction.Copy("/archive/a.txt", "/srv/a.txt", false, true));
  }

  @Test
  void refuses_a_file_where_a_directory_is() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    behavior = FileExistsBehavior.OVERWRITE;
    has("/srv", PathState.DIRECTORY);
    has("/srv/a.txt", PathState.DIRECTORY);

    refused("a.txt", "/srv").withMessageContaining("a file with that name already exists");
  }

  @Test
  void refuses_a_source_that_is_not_there_or_outside() {
    refused("nope", "/srv").withMessage("No such file or directory @ rb_sysopen - /archive/nope");
    refused("../../etc/passwd", "/srv").withMessageContaining("attempts to escape");
  }

  @Test
  void follows_links_to_directories_as_far_as_a_kernel_does() {
    bundle.add(BundleEntry.symlink("d/loop", "."));

    InstallPlan plan = plan("d", "/srv");

    assertThat(plan.instructions()).hasSize(42);
    assertThat(plan.instructions().get(41))
        .isEqualTo(
            new Instruction.Copy(
                "/archive/d" + "/loop".repeat(41), "/srv" + "/loop".repeat(41), true, false));
  }

  @Test
  void gives_permissions_through_links_only_to_what_it_installs() {
    bundle.add(BundleEntry.file("d/lib/tool", 0644, 1));
    bundle.add(BundleEntry.symlink("d/bin/tool", "../lib/tool"));
    permissions.add(mode("/srv/bin", "755"));

    assertThat(plan("d", "/srv").instructions())
        .contains(new Instruction.Chmod("755", "/srv/bin/tool"));

    bundle.add(BundleEntry.symlink("d/bin/shadow", "/etc/shadow"));
    refused("d", "/srv").withMessageContaining("/srv/bin/shadow is a symbolic link");
  }

  @Test
  void finds_a_dangling_link_where_a_directory_must_be() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    has("/srv", PathState.DANGLING_LINK);

    refused("a.txt", "/srv/x").withMessageContaining("File exists");
    refused("", "/srv").withMessageContaining("File exists");
  }

  @Test
  void refuses_to_spread_a_directory_over_no_destination() {
    bundle.add(BundleEntry.file("d/a.txt", 0644, 1));

    refused("d", "").withMessageContaining("File exists");
  }

  @Test
  void refuses_contexts_that_take_a_program_out_of_confinement_unless_chosen() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    permissions.add(
        new Permission(
            "/srv/a.txt",
            Permission.EVERYTHING,
            List.of(),
            Set.of(ObjectType.FILE),
            null,
            null,
            null,
            List.of(),
            new SelinuxContext(null, "unconfined_t", null)));
    has("/srv", PathState.DIRECTORY);

    refused("a.txt", "/srv")
        .withMessage(
            "The deployment failed because the application specification file gives /srv/a.txt the"
                + " SELinux type unconfined_t, which disables mandatory access controls. Name"
                + " another type, or choose unconfined-contexts for the host.");
    choices = Set.of(HostChoice.UNCONFINED_CONTEXTS);
    assertThat(plan("a.txt", "/srv").instructions()).hasSize(2);
  }

  @Test
  void sets_a_mode_again_after_the_owner_when_chosen() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    permissions.add(
        new Permission(
            "/srv/a.txt",
            Permission.EVERYTHING,
            List.of(),
            Set.of(ObjectType.FILE),
            "bob",
            null,
            "4755",
            List.of(),
            null));
    has("/srv", PathState.DIRECTORY);
    choices = Set.of(HostChoice.MODE_AFTER_OWNER);

    assertThat(plan("a.txt", "/srv").instructions())
        .endsWith(
            new Instruction.Chmod("4755", "/srv/a.txt"),
            new Instruction.Chown("bob", null, "/srv/a.txt"),
            new Instruction.Chmod("4755", "/srv/a.txt"));
  }

  @Test
  void finds_home_directories() {
    bundle.add(BundleEntry.file("a.txt", 0644, 1));
    paths = HostPaths.PLAIN.withHomes(Map.of("bob", "/home/bob"));
    has("/home", PathState.DIRECTORY);
    has("/home/bob", PathState.DIRECTORY);

    assertThat(plan("a.txt", "~bob").instructions())
        .containsExactly(new Instruction.Copy("/archive/a.txt", "/home/bob/a.txt", false, false));
    refused("a.txt", "~alice/x").withMessage("user alice doesn't exist");
  }

  private static Permission mode(String object, String mode) {
    return new Permission(
        object,
        Permission.EVERYTHING,
        List.of(),
        Set.of(ObjectType.FILE),
        null,
        null,
        mode,
        List.of(),
        null);
  }

  private void has(String path, PathState state) {
    host.put(path, state);
  }

  private InstallPlan plan(String source, String destination) {
    return plan(new FileMapping(source, destination));
  }

  private InstallPlan plan(FileMapping mapping) {
    AppSpec appSpec =
        new AppSpec(OperatingSystem.LINUX, List.of(mapping), Map.of(), permissions, behavior);
    BundleIndex index = BundleIndex.of(bundle, Map.of());
    DesiredInstall desired =
        DesiredInstall.of(appSpec, index, DEPLOYMENT, paths, "/archive", choices);
    Map<String, PathState> answers = new HashMap<>();
    for (String path : desired.questions(cleanup).states()) {
      answers.put(path, host.getOrDefault(path, PathState.ABSENT));
    }
    return desired.resolve(new HostFacts(answers, counts), cleanup);
  }

  private org.assertj.core.api.ThrowableAssertAlternative<InstallRefusedException> refused(
      String source, String destination) {
    return assertThatExceptionOfType(InstallRefusedException.class)
        .isThrownBy(() -> plan(source, destination));
  }
}
