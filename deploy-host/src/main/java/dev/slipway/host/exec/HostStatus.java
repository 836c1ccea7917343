package dev.slipway.host.exec;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What deployments have left on a host, by this library, by a push or by AWS's agent.
 *
 * @param root the deployment root
 * @param agent the process id of the agent of AWS that works on the root, or null
 * @param groups the deployment groups, by name
 * @param logs the logs of all deployments that are there, each before its older ones
 */
public record HostStatus(
    String root, @Nullable String agent, List<Group> groups, List<String> logs) {

  /** Copies the lists in. */
  public HostStatus {
    groups = List.copyOf(groups);
    logs = List.copyOf(logs);
  }

  /**
   * One deployment group.
   *
   * @param id the group's id
   * @param lastInstalled the deployment whose Install succeeded last, or null; the next
   *     ApplicationStop comes from it
   * @param lastDownloaded the deployment whose DownloadBundle succeeded last, or null
   * @param install what there is of the group's files
   * @param deployments the deployments that are kept, newest first
   */
  public record Group(
      String id,
      @Nullable Remembered lastInstalled,
      @Nullable Remembered lastDownloaded,
      Install install,
      List<Deployment> deployments) {

    /** Copies the list in. */
    public Group {
      deployments = List.copyOf(deployments);
    }
  }

  /**
   * A deployment that a group remembers.
   *
   * @param directory its directory
   * @param isThere whether that is still there
   */
  public record Remembered(String directory, boolean isThere) {

    /** Returns the deployment's id. */
    public String id() {
      return directory.substring(directory.lastIndexOf('/') + 1);
    }
  }

  /**
   * What there is of a group's files.
   *
   * @param state how its last install ended
   * @param listed how many files and directories the cleanup list has
   * @param missing how many of them are not there
   * @param problem why the cleanup list cannot be used, or null
   */
  public record Install(State state, int listed, int missing, @Nullable String problem) {

    /** Returns a sentence on what is wrong and how it gets right; empty when all is well. */
    public String remedy() {
      if (problem != null) {
        return "No deployment of the group can install: " + problem + ".";
      }
      return switch (state) {
        case NONE -> "";
        case COMPLETE ->
            missing == 0
                ? ""
                : "What is gone was removed by hand or by an install that was cut off at its start;"
                    + " the next deployment of the group removes the rest and installs all of its"
                    + " own.";
        case UNFINISHED ->
            "An install was cut off or failed half way. The next deployment of the group, or a"
                + " rollback, removes what it has created and installs all of its own.";
        case REMOVED ->
            "The files of the last install were removed, and the install of the next revision did"
                + " not begin. The next deployment of the group, or a rollback, installs all of its"
                + " own.";
      };
    }
  }

  /** How an install ended. */
  public enum State {
    /** There was none. */
    NONE,
    /** It succeeded. */
    COMPLETE,
    /** It failed half way, was cut off, or is going on. */
    UNFINISHED,
    /** The one before it was removed, and it has created nothing. */
    REMOVED
  }

  /**
   * A deployment that is kept.
   *
   * @param id its id
   * @param directory its directory
   * @param changed when something directly in its directory changed last
   * @param unpacked whether its revision is there, unpacked
   * @param commands its commands that have begun and not ended
   * @param logs the logs of its scripts that are there, each before its older ones
   */
  public record Deployment(
      String id,
      String directory,
      Instant changed,
      boolean unpacked,
      List<Command> commands,
      List<String> logs) {

    /** Copies the lists in. */
    public Deployment {
      commands = List.copyOf(commands);
      logs = List.copyOf(logs);
    }
  }

  /**
   * A command that has begun and not ended.
   *
   * @param name the lifecycle event, or the command's key where that names none
   * @param since when it began
   * @param running whether it goes on; else it was cut off, and is never run again
   */
  public record Command(String name, Instant since, boolean running) {}
}
