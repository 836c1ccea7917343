package dev.slipway.rollout;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.LateJoiners;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.preflight.Preflight;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What else can be said of a rollout.
 *
 * @param fileExistsBehavior what happens to files in the way, where the AppSpec does not say
 * @param autoRollback after which outcomes the last revision that worked comes back
 * @param ignoreApplicationStopFailures whether a host goes on when scripts of the old revision fail
 *     before traffic is gone and the application has stopped
 * @param appSpecFile name of the AppSpec in the bundle
 * @param description free text, at most 256 characters
 * @param onConflict what becomes of it while the group has a rollout that is not over
 * @param rollback how the last revision that worked comes back
 * @param preflight how all hosts are looked at before anything is touched, or null when they are
 *     not
 * @param lateJoiners what becomes of hosts that appear in the inventory while it runs
 */
public record RolloutOptions(
    FileExistsBehavior fileExistsBehavior,
    Set<AutoRollbackEvent> autoRollback,
    boolean ignoreApplicationStopFailures,
    String appSpecFile,
    String description,
    OnConflict onConflict,
    RollbackOptions rollback,
    @Nullable Preflight preflight,
    LateJoiners lateJoiners) {

  /** What CodeDeploy does unless told otherwise. */
  public static final RolloutOptions DEFAULT =
      new RolloutOptions(FileExistsBehavior.DISALLOW, Set.of(), false, "appspec.yml", "");

  /** Copies the set in and checks the description. */
  public RolloutOptions {
    autoRollback =
        autoRollback.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(EnumSet.copyOf(autoRollback));
    if (description.length() > 256) {
      throw new IllegalArgumentException(
          "a description has at most 256 characters, but has " + description.length());
    }
  }

  /** Makes options of a rollout that is refused on conflict, and rolled back everywhere. */
  public RolloutOptions(
      FileExistsBehavior fileExistsBehavior,
      Set<AutoRollbackEvent> autoRollback,
      boolean ignoreApplicationStopFailures,
      String appSpecFile,
      String description) {
    this(
        fileExistsBehavior,
        autoRollback,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        OnConflict.REJECT,
        RollbackOptions.DEFAULT,
        null,
        LateJoiners.IGNORE);
  }

  /** Makes options of a rollout whose hosts are not looked at before. */
  public RolloutOptions(
      FileExistsBehavior fileExistsBehavior,
      Set<AutoRollbackEvent> autoRollback,
      boolean ignoreApplicationStopFailures,
      String appSpecFile,
      String description,
      OnConflict onConflict,
      RollbackOptions rollback) {
    this(
        fileExistsBehavior,
        autoRollback,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        onConflict,
        rollback,
        null,
        LateJoiners.IGNORE);
  }

  /** Returns these options with another behaviour for files in the way. */
  public RolloutOptions withFileExistsBehavior(FileExistsBehavior behavior) {
    return new RolloutOptions(
        behavior,
        autoRollback,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        onConflict,
        rollback,
        preflight,
        lateJoiners);
  }

  /** Returns these options with other outcomes that call for a rollback. */
  public RolloutOptions withAutoRollback(Set<AutoRollbackEvent> events) {
    return new RolloutOptions(
        fileExistsBehavior,
        events,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        onConflict,
        rollback,
        preflight,
        lateJoiners);
  }

  /** Returns these options with something else to become of it on conflict. */
  public RolloutOptions withOnConflict(OnConflict what) {
    return new RolloutOptions(
        fileExistsBehavior,
        autoRollback,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        what,
        rollback,
        preflight,
        lateJoiners);
  }

  /** Returns these options with another way back. */
  public RolloutOptions withRollback(RollbackOptions how) {
    return new RolloutOptions(
        fileExistsBehavior,
        autoRollback,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        onConflict,
        how,
        preflight,
        lateJoiners);
  }

  /** Returns these options with another way to look at hosts before, or null for none. */
  public RolloutOptions withPreflight(@Nullable Preflight how) {
    return new RolloutOptions(
        fileExistsBehavior,
        autoRollback,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        onConflict,
        rollback,
        how,
        lateJoiners);
  }

  /** Returns these options with something else to become of hosts that appear meanwhile. */
  public RolloutOptions withLateJoiners(LateJoiners what) {
    return new RolloutOptions(
        fileExistsBehavior,
        autoRollback,
        ignoreApplicationStopFailures,
        appSpecFile,
        description,
        onConflict,
        rollback,
        preflight,
        what);
  }
}
