package dev.slipway.examples.cli.file;

import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.revision.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The bundle that a rollout file names.
 *
 * @param directory where relative paths start
 * @param revision the setting
 */
public record RevisionSetting(Path directory, Setting revision) {

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+:.*");
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|tar|tgz|tar\\.gz)");

  /**
   * Returns the directory or archive.
   *
   * @throws dev.slipway.failure.RequestException if it is not there or is neither
   */
  public Revision open() {
    String text = revision.text();
    if (SCHEME.matcher(text).matches()) {
      throw revision.wrong(
          "must be a directory or an archive on this machine, but is "
              + revision.shown()
              + "; fetch it first and name the file");
    }
    Path path = directory.resolve(text).normalize();
    if (Files.isDirectory(path)) {
      return Revision.localDirectory(path);
    }
    if (!Files.exists(path)) {
      throw revision.wrong(
          "names "
              + revision.shown()
              + ", but "
              + path
              + " does not exist; build the bundle first");
    }
    if (!ARCHIVE.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
      throw revision.wrong(
          "must end in .zip, .tar, .tgz or .tar.gz or be a directory, but is " + revision.shown());
    }
    if (!Files.isReadable(path)) {
      throw revision.wrong("names " + path + ", which this user may not read; check its mode");
    }
    return Revision.localArchive(path);
  }
}
