package dev.slipway.engine.domain;

import dev.slipway.domain.RevisionLocation;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.revision.BundleType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What makes the location of a revision complete. */
final class RevisionRules {

  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}");
  private static final int LONGEST_KEY = 1024;

  private RevisionRules() {}

  static void check(RevisionLocation location) {
    long given =
        Stream.of(location.local(), location.s3(), location.gitHub(), location.stored())
            .filter(Objects::nonNull)
            .count();
    if (given != 1 || !fits(location)) {
      throw invalid("a revision of type " + location.type() + " needs that location and no other");
    }
    RevisionLocation.Local local = location.local();
    if (local != null) {
      check(local);
    }
    RevisionLocation.S3 s3 = location.s3();
    if (s3 != null) {
      check(s3);
    }
    RevisionLocation.GitHub gitHub = location.gitHub();
    if (gitHub != null) {
      check(gitHub);
    }
  }

  private static boolean fits(RevisionLocation location) {
    return switch (location.type()) {
      case LOCAL -> location.local() != null;
      case S3 -> location.s3() != null;
      case GITHUB -> location.gitHub() != null;
      case STORED -> location.stored() != null;
    };
  }

  private static void check(RevisionLocation.Local local) {
    try {
      if (!local.path().isBlank() && Path.of(local.path()).isAbsolute()) {
        return;
      }
    } catch (InvalidPathException e) {
      throw invalid("'" + local.path() + "' is no path: " + e.getReason());
    }
    throw invalid("a local revision needs an absolute path, but had '" + local.path() + "'");
  }

  private static void check(RevisionLocation.S3 s3) {
    if (s3.bucket().isBlank() || s3.key().isBlank() || s3.key().length() > LONGEST_KEY) {
      throw invalid(
          "an S3 revision needs a bucket and a key of 1 to "
              + LONGEST_KEY
              + " characters, but had '"
              + s3.bucket()
              + "' and '"
              + s3.key()
              + "'");
    }
    if (s3.bundleType() == BundleType.DIRECTORY) {
      throw invalid("an S3 revision is of bundle type tar, tgz or zip, but was a directory");
    }
  }

  private static void check(RevisionLocation.GitHub gitHub) {
    if (!REPOSITORY.matcher(gitHub.repository()).matches()) {
      throw invalid(
          "a GitHub repository is account/repository, but was '" + gitHub.repository() + "'");
    }
    if (!COMMIT.matcher(gitHub.commitId()).matches()) {
      throw invalid("a GitHub commit is 40 hex digits, but was '" + gitHub.commitId() + "'");
    }
  }

  private static DomainException invalid(String message) {
    return new DomainException(DomainError.INVALID_REVISION, message);
  }
}
