package dev.slipway.host.plan;

/** What a host has at a path. */
public enum PathState {
  /** Nothing, or the path goes through something that is no directory. */
  ABSENT,
  /** Anything that exists and is neither a directory nor a link. */
  FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link to something that exists and is no directory. */
  LINK_TO_FILE,
  /** A symbolic link to a directory. */
  LINK_TO_DIRECTORY,
  /** A symbolic link to nothing. */
  DANGLING_LINK;

  /** Returns whether something is there once links are followed. */
  public boolean exists() {
    return switch (this) {
      case ABSENT, DANGLING_LINK -> false;
      case FILE, DIRECTORY, LINK_TO_FILE, LINK_TO_DIRECTORY -> true;
    };
  }

  /** Returns whether a directory is there once links are followed. */
  public boolean isDirectory() {
    return switch (this) {
      case DIRECTORY, LINK_TO_DIRECTORY -> true;
      case ABSENT, FILE, LINK_TO_FILE, DANGLING_LINK -> false;
    };
  }
}
