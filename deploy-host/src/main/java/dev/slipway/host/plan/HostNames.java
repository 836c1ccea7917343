package dev.slipway.host.plan;

/** Which names an install can undo. */
public final class HostNames {

  private HostNames() {}

  /** Returns whether a cleanup file can carry the path: a newline would end its line. */
  public static boolean canBeListed(String path) {
    return path.indexOf('\n') < 0;
  }

  /** Returns what to tell somebody whose bundle holds a file of such a name. */
  static String fileRefusal(String path) {
    return "The deployment failed because the name of a file to install ("
        + shown(path)
        + ") holds a line break, so the next deployment could not remove it."
        + " Rename the file, and then try again.";
  }

  /** Returns what to tell somebody whose bundle or AppSpec asks for such a directory. */
  static String directoryRefusal(String path) {
    return "The deployment failed because the name of a directory to install to ("
        + shown(path)
        + ") holds a line break, so the next deployment could not remove it."
        + " Change the name, in the bundle or the destination, and then try again.";
  }

  /** Returns what to tell somebody whose SELinux context is for such a path, links followed. */
  public static String contextRefusal(String path) {
    return "The deployment failed because the path of a file with an SELinux context ("
        + shown(path)
        + ") holds a line break, so the next deployment could not remove the context."
        + " Install the file elsewhere, and then try again.";
  }

  private static String shown(String path) {
    return path.replace("\n", "\\n");
  }
}
