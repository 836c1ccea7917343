package dev.slipway.host.plan;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileMapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What an install wants, before anything of the host is known.
 *
 * <p>Three stages: {@link #of} from AppSpec and bundle alone; {@link #questions} says what must be
 * known of the host; {@link #resolve} makes the plan, or refuses.
 *
 * @param appSpec the AppSpec
 * @param steps directories and files, in order, parents first
 * @param fileExistsBehavior what the deployment says about files in the way, upper case
 * @param paths where the host's files are
 */
public record DesiredInstall(
    AppSpec appSpec, List<Step> steps, String fileExistsBehavior, HostPaths paths) {

  /**
   * One thing to have on the host.
   *
   * @param kind what it is
   * @param source where it comes from in the unpacked revision; empty for a directory above a
   *     destination
   * @param destination where it goes, absolute
   * @param written the destination as AWS's agent would name it in a message
   */
  public record Step(Kind kind, String source, String destination, String written) {}

  /** What a step brings. */
  public enum Kind {
    /** A directory above a destination: made only when nothing is there. */
    ANCESTOR,
    /** A directory of the bundle: made unless a directory is there. */
    DIRECTORY,
    /** A regular file. */
    FILE,
    /** A symbolic link. */
    LINK
  }

  /** Copies the steps in. */
  public DesiredInstall {
    steps = List.copyOf(steps);
  }

  /**
   * Returns what the AppSpec wants of the bundle.
   *
   * @param archive where the revision is unpacked on the host, absolute
   * @throws InstallRefusedException when a source is not in the bundle
   */
  public static DesiredInstall of(
      AppSpec appSpec,
      SourceTree bundle,
      HostDeployment deployment,
      HostPaths paths,
      String archive) {
    List<Step> steps = new ArrayList<>();
    Walk walk = new Walk(bundle, paths, steps);
    for (FileMapping mapping : appSpec.files()) {
      walk.add(mapping, archive);
    }
    return new DesiredInstall(appSpec, steps, deployment.fileExistsBehavior(), paths);
  }

  /** Returns what must be known of the host, given what the previous install left to clean up. */
  public HostQuestions questions(CleanupList cleanup) {
    NavigableSet<String> states = new TreeSet<>();
    steps.forEach(step -> states.add(step.destination()));
    appSpec.permissions().forEach(permission -> states.add(paths.place(permission.object())));
    NavigableSet<String> counts = new TreeSet<>();
    for (CleanupList.Entry entry : cleanup.entries()) {
      states.add(entry.path());
      counts.add(entry.path());
    }
    return new HostQuestions(states, counts);
  }

  /**
   * Returns the plan. Facts are judged as they will be after the cleanup, so a conflict is found
   * while the previous revision is still in place.
   *
   * @param facts what the host answered to {@link #questions}
   * @param cleanup what the previous install of the group has created
   * @throws InstallRefusedException when the host is not as the AppSpec wants it
   */
  public InstallPlan resolve(HostFacts facts, CleanupList cleanup) {
    return new InstallResolver(this, facts.after(cleanup)).plan(cleanup);
  }

  /** Walks the bundle and collects steps. */
  private record Walk(SourceTree bundle, HostPaths paths, List<Step> steps) {

    /** No real tree is as deep; a link that leads to a directory above it is. */
    private static final int DEEPEST = 64;

    void add(FileMapping mapping, String archive) {
      String inside =
          BundlePaths.normalise(mapping.source())
              .orElseThrow(
                  () ->
                      new InstallRefusedException(
                          "The deployment failed because the source path '"
                              + mapping.source()
                              + "' attempts to escape the deployment archive directory: "
                              + archive));
      String source = BundlePaths.join(archive, mapping.source());
      String written = mapping.destination();
      switch (bundle.kindOf(inside)) {
        case DIRECTORY -> {
          ancestorsOf(paths.place(written));
          directory(inside, source, written, 0);
        }
        case FILE, LINK -> {
          String target = BundlePaths.join(written, BundlePaths.nameOf(inside));
          ancestorsOf(paths.place(target));
          file(inside, source, target);
        }
        case ABSENT ->
            throw new InstallRefusedException("No such file or directory @ rb_sysopen - " + source);
      }
    }

    private void ancestorsOf(String destination) {
      Deque<String> outermostFirst = new ArrayDeque<>();
      String parent = HostPaths.parentOf(destination);
      while (!parent.equals("/")) {
        outermostFirst.addFirst(parent);
        parent = HostPaths.parentOf(parent);
      }
      for (String ancestor : outermostFirst) {
        steps.add(new Step(Kind.ANCESTOR, "", ancestor, ancestor));
      }
    }

    private void directory(String inside, String source, String written, int depth) {
      if (depth > DEEPEST) {
        throw new InstallRefusedException(
            "Too many levels of symbolic links in the bundle at " + inside);
      }
      steps.add(new Step(Kind.DIRECTORY, source, paths.place(written), written));
      for (String name : bundle.children(inside)) {
        String child = inside.isEmpty() ? name : inside + "/" + name;
        String childSource = BundlePaths.join(source, name);
        String childTarget = BundlePaths.join(written, name);
        if (bundle.kindOf(child) == SourceTree.Kind.DIRECTORY) {
          directory(child, childSource, childTarget, depth + 1);
        } else {
          file(child, childSource, childTarget);
        }
      }
    }

    private void file(String inside, String source, String written) {
      if (!HostNames.canBeListed(written)) {
        throw new InstallRefusedException(HostNames.refusal(written));
      }
      Kind kind = bundle.kindOf(inside) == SourceTree.Kind.LINK ? Kind.LINK : Kind.FILE;
      steps.add(new Step(kind, source, paths.place(written), written));
    }
  }
}
