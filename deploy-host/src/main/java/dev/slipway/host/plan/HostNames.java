package dev.slipway.host.plan;

/** Which names an install can undo. */
final class HostNames {

  private HostNames() {}

  /** Returns whether a cleanup file can carry the path: a newline would end its line. */
  static boolean canBeListed(String path) {
    return path.indexOf('\n') < 0;
  }

  /** Returns what to tell somebody whose bundle holds such a name. */
  static String refusal(String path) {
    return "The deployment failed because the name of a file to install ("
        + path.replace("\n", "\\n")
        + ") holds a line break, so the next deployment could not remove it."
        + " Rename the file, and then try again.";
  }
}
