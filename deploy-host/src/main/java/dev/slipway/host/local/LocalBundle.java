package dev.slipway.host.local;

import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.revision.BundleType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where the bundle of a local deployment is, and whether it can be what it is said to be. */
final class LocalBundle {

  private LocalBundle() {}

  /**
   * Checks location, type and AppSpec, in the order in which AWS's command does.
   *
   * @return the file or directory; nothing for a bundle of another place
   */
  static Optional<Path> check(LocalOptions options, Path workingDirectory) {
    BundleType type = type(options.type());
    String location = options.bundleLocation();
    String scheme = scheme(location);
    if (scheme.equals("http")) {
      throw new LocalUsageException(
          "location "
              + location
              + " cannot be http, only encrypted (https) url endpoints supported");
    }
    if (scheme.equals("https") || scheme.equals("s3")) {
      return Optional.empty();
    }
    Path path =
        scheme.equals("file")
            ? Path.of(URI.create(location).getPath())
            : workingDirectory.resolve(location);
    checkKind(path, type, location);
    if (type == BundleType.DIRECTORY) {
      checkAppSpec(path, options);
    }
    return Optional.of(path);
  }

  private static BundleType type(String text) {
    return Arrays.stream(BundleType.values())
        .filter(type -> type.wireName().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new LocalUsageException(
                    "type " + text + " is not a valid type. Must be one of tgz,tar,zip,directory"));
  }

  private static String scheme(String location) {
    if (location.startsWith("/")) {
      return "";
    }
    try {
      String scheme = new URI(location).getScheme();
      return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      throw new LocalUsageException("location " + location + " is not a valid uri");
    }
  }

  private static void checkKind(Path path, BundleType type, String location) {
    if (!Files.exists(path)) {
      throw new LocalUsageException(
          "location " + location + " is specified as a file or directory which does not exist");
    }
    if (type == BundleType.DIRECTORY && !Files.isDirectory(path)) {
      throw new LocalUsageException(
          "location " + location + " is specified with type directory but it is a file");
    }
    if (type != BundleType.DIRECTORY && Files.isDirectory(path)) {
      throw new LocalUsageException(
          "location "
              + location
              + " is specified as a compressed local file but it is a directory");
    }
  }

  private static void checkAppSpec(Path directory, LocalOptions options) {
    String asked = options.appSpecFile();
    boolean usual = asked.equals(AppSpecName.DEFAULT.value());
    if (Files.exists(directory.resolve(asked))
        || (usual && Files.exists(directory.resolve("appspec.yaml")))) {
      return;
    }
    String base = options.bundleLocation() + "/";
    String where = usual ? base + "appspec.yml or " + base + "appspec.yaml" : base + asked;
    String names = usual ? "appspec.yml or appspec.yaml" : asked;
    throw new LocalUsageException(
        "Expecting appspec file at location "
            + where
            + " but it is not found there. Please either run the CLI from within a directory"
            + " containing the "
            + names
            + " file or specify a bundle location containing an "
            + names
            + " file in its root directory");
  }
}
