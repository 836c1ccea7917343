package dev.slipway.transport.ssh;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.SelinuxContext;
import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostFacts;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.Instruction;
import dev.slipway.host.plan.PathState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Install as the runner reads it: the instructions of a plan in portions of the same kind.
 *
 * <p>All directories come first and then the files: no directory is made below a file, so the order
 * between them does not matter. The order between the permissions of different paths does not
 * matter either; for one path it stays that of the plan.
 */
final class InstallSteps implements Instruction.Performer {

  private final List<String> directories = new ArrayList<>();
  private final Map<CopyKind, List<Instruction.Copy>> copies = new LinkedHashMap<>();
  private final Map<String, List<String>> modes = new LinkedHashMap<>();
  private final Map<List<AclEntry>, List<String>> lists = new LinkedHashMap<>();
  private final Map<SelinuxContext, List<String>> contexts = new LinkedHashMap<>();
  private final Map<String, List<String>> owners = new LinkedHashMap<>();
  private final Map<String, List<String>> modesAfterOwners = new LinkedHashMap<>();
  private final Set<String> owned = new HashSet<>();

  private InstallSteps() {}

  /** Copies that one program can make. */
  private record CopyKind(String directory, boolean replaces) {}

  /** Where the files of a copied tree are, and where they go: each has one name below both. */
  private record Trees(String source, String destination) {}

  /**
   * Returns the steps.
   *
   * @param facts what was found at the paths of the plan's cleanup list
   * @param choices what the host does otherwise than by default
   */
  static byte[] of(InstallPlan plan, HostFacts facts, Set<HostChoice> choices) {
    StepText text = new StepText(choices);
    cleanUp(plan.cleanup(), facts, text);
    text.step("begin");
    InstallSteps steps = new InstallSteps();
    plan.instructions().forEach(instruction -> instruction.perform(steps));
    steps.write(text);
    return text.step("last").toBytes();
  }

  private static void cleanUp(CleanupList cleanup, HostFacts facts, StepText text) {
    String word = "";
    List<String> names = new ArrayList<>();
    for (CleanupList.Entry entry : cleanup.inRemovalOrder()) {
      PathState state = facts.at(entry.path());
      String needed =
          switch (entry.kind()) {
            case CONTEXT -> "forget";
            case PATH ->
                switch (state) {
                  case ABSENT -> "";
                  case DIRECTORY -> "rmdir";
                  case FILE, LINK_TO_FILE, LINK_TO_DIRECTORY, DANGLING_LINK -> "remove";
                };
          };
      if (!needed.isEmpty()) {
        if (!needed.equals(word)) {
          text.each(word, List.of(), names);
          names.clear();
          word = needed;
        }
        names.add(entry.path());
      }
    }
    text.each(word, List.of(), names);
  }

  private void write(StepText text) {
    text.each("mkdir", List.of(), directories);
    List<Instruction.Copy> fresh =
        copies.entrySet().stream()
            .filter(entry -> !entry.getKey().replaces())
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    text.each("list", List.of(), destinations(fresh));
    writeTrees(fresh, text);
    copies.forEach(
        (kind, some) -> {
          if (kind.replaces()) {
            replace(kind.directory(), some, text);
          }
        });
    modes.forEach((mode, files) -> text.each("chmod", List.of(), files, mode));
    lists.forEach(
        (entries, files) -> text.each("setfacl", List.of(AclTemplate.of(entries)), files));
    contexts.forEach((context, files) -> text.each("semanage", parts(context), files));
    owners.forEach((owner, files) -> text.each("chown", List.of(owner), files));
    modesAfterOwners.forEach((mode, files) -> text.each("chmod", List.of(), files, mode));
  }

  private static List<String> destinations(List<Instruction.Copy> copies) {
    return copies.stream().map(Instruction.Copy::destination).toList();
  }

  /** Files of one directory stay together. */
  private static void writeTrees(List<Instruction.Copy> copies, StepText text) {
    Map<Trees, List<String>> names = new LinkedHashMap<>();
    for (Instruction.Copy copy : copies) {
      String source = tidy(copy.source());
      String name = commonEnd(source, copy.destination());
      Trees trees = new Trees(without(name, source), without(name, copy.destination()));
      add(names, trees, name);
    }
    names.forEach(
        (trees, some) -> text.each("tree", List.of(trees.source(), trees.destination()), some));
  }

  private static String without(String name, String path) {
    return path.substring(0, path.length() - name.length() - 1);
  }

  /** Returns the last parts that two absolute paths have in common; at least their name. */
  private static String commonEnd(String one, String other) {
    int length = 0;
    int end = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(one.length() - length - 1) == other.charAt(other.length() - length - 1)) {
      length++;
      if (one.charAt(one.length() - length) == '/') {
        end = length - 1;
      }
    }
    return one.substring(one.length() - end);
  }

  /** What is replaced belongs to somebody else until it is: it is noted at the last moment. */
  private static void replace(String directory, List<Instruction.Copy> copies, StepText text) {
    text.each("list", List.of(), destinations(copies));
    text.each("remove", List.of(), destinations(copies));
    List<String> sources = copies.stream().map(copy -> tidy(copy.source())).toList();
    text.each("copy", List.of(directory), sources);
  }

  private static List<String> parts(SelinuxContext context) {
    return List.of(orEmpty(context.user()), context.type(), orEmpty(context.range()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public void mkdir(Instruction.Mkdir mkdir) {
    directories.add(mkdir.directory());
  }

  @Override
  public void copy(Instruction.Copy copy) {
    String destination = copy.destination();
    int slash = destination.lastIndexOf('/');
    String source = tidy(copy.source());
    if (!source.endsWith(destination.substring(slash))) {
      throw new IllegalStateException(
          "a copy keeps its name, but " + copy.source() + " would become " + destination);
    }
    String directory = destination.substring(0, Math.max(slash, 1));
    add(copies, new CopyKind(directory, copy.replaces()), copy);
  }

  @Override
  public void chmod(Instruction.Chmod chmod) {
    add(owned.contains(chmod.file()) ? modesAfterOwners : modes, chmod.mode(), chmod.file());
  }

  @Override
  public void setfacl(Instruction.Setfacl setfacl) {
    add(lists, setfacl.acl(), setfacl.file());
  }

  @Override
  public void semanage(Instruction.Semanage semanage) {
    add(contexts, semanage.context(), semanage.file());
  }

  @Override
  public void chown(Instruction.Chown chown) {
    String group = chown.group();
    String both = orEmpty(chown.owner()) + (group == null ? "" : ":" + group);
    add(owners, both, chown.file());
    owned.add(chown.file());
  }

  private static <K, V> void add(Map<K, List<V>> groups, K key, V value) {
    groups.computeIfAbsent(key, first -> new ArrayList<>()).add(value);
  }

  /** Returns the path without empty and {@code .} parts, so that its last part is its name. */
  private static String tidy(String path) {
    StringBuilder tidy = new StringBuilder(path.length());
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        tidy.append('/').append(part);
      }
    }
    return tidy.toString();
  }
}
