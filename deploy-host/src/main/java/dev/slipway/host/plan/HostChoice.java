package dev.slipway.host.plan;

import dev.slipway.host.appspec.AppSpecParser;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a host does otherwise than by default, because somebody asked for it. The defaults are what
 * AWS's agent does, or where that is unsafe, what is safe.
 */
public enum HostChoice {
  /** Installed files keep the set-user-id and set-group-id bits that they have in the revision. */
  KEEP_SET_ID_BITS,
  /**
   * A mode without quotes is taken as it is written: {@code 0644} is 0644, as for version 2 of
   * AWS's agent, and not the number 420 that YAML makes of it.
   */
  MODES_AS_WRITTEN,
  /**
   * A mode is set once more after the owner. To give a file away takes its set-id bits off, which
   * AWS's agent leaves at that.
   */
  MODE_AFTER_OWNER,
  /** {@code pattern} and {@code except} of a permission may be globs over several directories. */
  PATTERNS_OVER_DIRECTORIES,
  /**
   * A link to a directory is installed as a link, not as a directory with a copy of its content.
   */
  LINKS_STAY_LINKS,
  /** SELinux types that take a program out of all confinement are set like any other. */
  UNCONFINED_CONTEXTS,
  /** Scripts start in the directory of their revision. */
  START_IN_REVISION,
  /** {@code sudo} is told the names of the variables that scripts get, to let them through. */
  SUDO_KEEPS_VARIABLES,
  /**
   * An event ends shortly after its script, also when something that the script has left running
   * still holds its output; that is closed.
   */
  LET_GO_OF_OUTPUT,
  /**
   * When an Install fails after it has begun to change the host, the revision whose Install
   * succeeded last is installed again at once. The Install has failed all the same.
   */
  REINSTALL_AFTER_FAILURE,
  /** Nobody but the account that deploys can look into the directories of deployments and logs. */
  RESTRICT_DIRECTORIES,
  /** A running agent of AWS on the same deployment root is no hindrance. */
  BESIDE_AGENT;

  /** Returns the name in options and files, such as {@code modes-as-written}. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what reads the AppSpecs of a host with these choices. */
  public static AppSpecParser parser(Set<HostChoice> choices) {
    AppSpecParser linux = AppSpecParser.linux();
    return choices.contains(MODES_AS_WRITTEN) ? linux.withModesAsWritten() : linux;
  }

  /** Returns the choice with this name in options and files. */
  public static Optional<HostChoice> named(String optionName) {
    return Arrays.stream(values())
        .filter(choice -> choice.optionName().equals(optionName))
        .findFirst();
  }
}
