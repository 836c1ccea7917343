package dev.slipway.host.exec;

import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.Pointers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a host keeps between the deployments of one group. */
final class InstructionFiles {

  private final Layout layout;
  private final String group;

  InstructionFiles(Layout layout, String group) {
    this.layout = layout;
    this.group = group;
  }

  /** Makes the directory. */
  void prepare() throws IOException {
    Files.createDirectories(Path.of(layout.instructions()));
  }

  Pointers pointers() throws IOException {
    return new Pointers(
        pointer(layout.lastSuccessfulPointer(group)), pointer(layout.mostRecentPointer(group)));
  }

  private static @Nullable String pointer(String file) throws IOException {
    return TrustedFiles.read(Path.of(file)).map(Pointers::parse).orElse(null);
  }

  void rememberDownload(Path deployment) throws IOException {
    TrustedFiles.write(Path.of(layout.mostRecentPointer(group)), deployment.toString());
  }

  void rememberInstall(Path deployment) throws IOException {
    TrustedFiles.write(Path.of(layout.lastSuccessfulPointer(group)), deployment.toString());
  }

  CleanupList cleanup() throws IOException {
    return CleanupJournal.read(cleanupFile());
  }

  /** Forgets the previous install, whose files are gone. */
  void forgetCleanup() throws IOException {
    Files.deleteIfExists(cleanupFile());
  }

  /** Returns when the list was written last, nothing when there is none. */
  Optional<FileTime> cleanupTime() throws IOException {
    return Files.exists(cleanupFile(), LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Files.getLastModifiedTime(cleanupFile(), LinkOption.NOFOLLOW_LINKS))
        : Optional.empty();
  }

  /**
   * Replaces the list as a whole.
   *
   * @param time when it was written, as far as anybody is to know: a list that is newer than the
   *     pointer to the last install is that of one which did not succeed
   */
  void replaceCleanup(CleanupList list, FileTime time) throws IOException {
    prepare();
    TrustedFiles.write(cleanupFile(), list.render());
    Files.setLastModifiedTime(cleanupFile(), time);
  }

  /** Takes over what another group remembers, where it remembers something. */
  void takePointersOf(Pointers others) throws IOException {
    prepare();
    if (others.mostRecent() != null) {
      rememberDownload(Path.of(others.mostRecent()));
    }
    if (others.lastSuccessful() != null) {
      rememberInstall(Path.of(others.lastSuccessful()));
    }
  }

  /** Forgets which deployments there were. */
  void forgetInstalls() throws IOException {
    Files.deleteIfExists(Path.of(layout.lastSuccessfulPointer(group)));
    Files.deleteIfExists(Path.of(layout.mostRecentPointer(group)));
    Files.deleteIfExists(Path.of(layout.installFile(group)));
  }

  /**
   * Takes paths out of the list, as a whole: whoever is killed meanwhile leaves the longer list.
   */
  void leaveOutOfCleanup(Set<String> paths) throws IOException {
    if (!paths.isEmpty()) {
      List<CleanupList.Entry> left =
          cleanup().entries().stream()
              .filter(
                  entry -> entry.kind() != CleanupList.Kind.PATH || !paths.contains(entry.path()))
              .toList();
      TrustedFiles.write(cleanupFile(), new CleanupList(left).render());
    }
  }

  CleanupJournal startCleanup() throws IOException {
    return new CleanupJournal(cleanupFile());
  }

  void write(InstallPlan plan) throws IOException {
    TrustedFiles.write(Path.of(layout.installFile(group)), plan.toJson());
  }

  private Path cleanupFile() {
    return Path.of(layout.cleanupFile(group));
  }
}
