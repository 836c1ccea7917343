package dev.slipway.host.plan;

import dev.slipway.appspec.AppSpec;
import dev.slipway.host.bundle.BundleIndex;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
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
 * @param choices what is done otherwise than by default
 */
public record DesiredInstall(
    AppSpec appSpec,
    List<Step> steps,
    String fileExistsBehavior,
    HostPaths paths,
    Set<HostChoice> choices) {

  /**
   * One thing to have on the host.
   *
   * @param kind what it is
   * @param source where it comes from in the unpacked revision; empty for a directory above a
   *     destination
   * @param destination where it goes, absolute
   * @param written the destination as AWS's agent would name it in a message
   * @param linkTarget the text of a symbolic link, empty for anything else
   */
  public record Step(
      Kind kind, String source, String destination, String written, String linkTarget) {}

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

  /** Copies the collections in. */
  public DesiredInstall {
    steps = List.copyOf(steps);
    choices = Set.copyOf(choices);
  }

  /**
   * Returns what the AppSpec wants of the bundle, with nothing chosen.
   *
   * @param archive where the revision is unpacked on the host, absolute
   * @throws InstallRefusedException when a source is not in the bundle
   */
  public static DesiredInstall of(
      AppSpec appSpec,
      BundleIndex bundle,
      HostDeployment deployment,
      HostPaths paths,
      String archive) {
    return of(appSpec, bundle, deployment, paths, archive, Set.of());
  }

  /**
   * Returns what the AppSpec wants of the bundle.
   *
   * @param archive where the revision is unpacked on the host, absolute
   * @throws InstallRefusedException when a source is not in the bundle
   */
  public static DesiredInstall of(
      AppSpec appSpec,
      BundleIndex bundle,
      HostDeployment deployment,
      HostPaths paths,
      String archive,
      Set<HostChoice> choices) {
    BundleWalk walk =
        new BundleWalk(bundle, paths, archive, choices.contains(HostChoice.LINKS_STAY_LINKS));
    appSpec.files().forEach(walk::add);
    return new DesiredInstall(
        appSpec, walk.steps(), deployment.fileExistsBehavior(), paths, choices);
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
}
