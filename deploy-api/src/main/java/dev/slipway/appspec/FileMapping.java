package dev.slipway.appspec;

import java.util.List;

/**
 * One entry of {@code files}: a file or directory of the bundle, and the directory that receives
 * it.
 *
 * @param source path inside the bundle; {@code /}, {@code .} and the empty string mean the whole
 *     bundle; of a directory the contents are installed, not the directory itself
 * @param destination a directory on the host, always: a file keeps its name
 * @param exclude globs for what below a source directory is left out. {@code *} and {@code ?} stay
 *     within a name, {@code **} stands for any number of directories. A glob without a slash is
 *     about names at any depth, one with a slash starts at the source; a slash at the end means
 *     directories only. With a directory all that is in it is left out. CodeDeploy's own agent
 *     leaves nothing out
 */
public record FileMapping(String source, String destination, List<String> exclude) {

  /** Copies the globs in. */
  public FileMapping {
    exclude = List.copyOf(exclude);
  }

  /** Makes an entry that leaves nothing out. */
  public FileMapping(String source, String destination) {
    this(source, destination, List.of());
  }
}
