package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the files of a host say about how far its deployment {@code d-2} of the group {@code g} got,
 * after {@code d-1} had succeeded.
 *
 * @param root the deployment root
 * @param host where things are installed
 */
record KilledHost(Path root, Path host) {

  /** Says in the deployment's working directory that it runs, and works a while. */
  static final String HOOK =
      """
      : >hook-started-$DEPLOYMENT_ID
      i=0
      while [ $i -lt 30000 ]; do i=$((i + 1)); done
      """;

  /** Where a deployment is. */
  enum Phase {
    DOWNLOAD,
    HOOK,
    CLEANUP,
    COPY,
    /** What is short: between the others, where a pointer or list is exchanged. */
    POINTERS,
    OVER
  }

  /** The phases that a kill can be made to hit. */
  static final Set<Phase> LONG = EnumSet.of(Phase.DOWNLOAD, Phase.HOOK, Phase.CLEANUP, Phase.COPY);

  /**
   * Returns whether it is time to kill in a phase: a look at one file.
   *
   * @param fresh a file of the new revision alone: how far unpacking and copying shall be
   * @param old a file of the old revision alone: how far the cleanup shall be
   */
  boolean isIn(Phase phase, Path fresh, Path old) {
    return switch (phase) {
      case DOWNLOAD ->
          exists(root.resolve("g/d-2/deployment-archive-temp/tree").resolve(fresh))
              || exists(archive());
      case HOOK -> exists(host.resolveSibling("hook-started-d-2"));
      case CLEANUP -> !exists(host.resolve("srv").resolve(old));
      case COPY -> exists(host.resolve("srv").resolve(fresh));
      case POINTERS, OVER -> exists(archive());
    };
  }

  /**
   * Returns where the deployment was when it was killed.
   *
   * @param event the event that had begun last
   * @param files how many files the new revision has
   */
  Phase phase(String event, int files) throws IOException {
    return switch (event) {
      case "ApplicationStop" -> Phase.POINTERS;
      case "DownloadBundle" -> exists(archive()) ? Phase.POINTERS : Phase.DOWNLOAD;
      case "BeforeInstall" -> Phase.HOOK;
      case "Install" -> installPhase(files);
      default -> Phase.OVER;
    };
  }

  private Phase installPhase(int files) throws IOException {
    Path cleanup = root.resolve("deployment-instructions/g-cleanup");
    if (!exists(cleanup)) {
      return Phase.POINTERS;
    }
    String list = Files.readString(cleanup);
    if (list.contains("/old")) {
      long listed = list.lines().filter(line -> line.matches(".*/(old|same)\\d+")).count();
      return installed() < listed ? Phase.CLEANUP : Phase.POINTERS;
    }
    long there = installed();
    return there > 0 && there < files ? Phase.COPY : Phase.POINTERS;
  }

  private long installed() throws IOException {
    Path top = host.resolve("srv");
    if (!exists(top)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private Path archive() {
    return root.resolve("g/d-2/deployment-archive");
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
