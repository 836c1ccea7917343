package dev.slipway.host.exec;

import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the other deployment groups of a host have installed, by their cleanup lists. */
final class OtherGroups {

  private static final Logger LOG = LoggerFactory.getLogger(OtherGroups.class);

  private final Map<String, String> owners;

  private OtherGroups(Map<String, String> owners) {
    this.owners = owners;
  }

  /** Reads the lists of all groups but one. */
  static OtherGroups than(String group, Layout layout) throws IOException {
    Map<String, String> owners = new HashMap<>();
    Path directory = Path.of(layout.instructions());
    if (!Files.isDirectory(directory)) {
      return new OtherGroups(owners);
    }
    try (DirectoryStream<Path> lists =
        Files.newDirectoryStream(directory, "*" + Layout.CLEANUP_SUFFIX)) {
      for (Path list : lists) {
        String name = String.valueOf(list.getFileName());
        String other = name.substring(0, name.length() - Layout.CLEANUP_SUFFIX.length());
        if (!other.equals(group)) {
          read(list).entries().forEach(entry -> owners.putIfAbsent(entry.path(), other));
        }
      }
    }
    return new OtherGroups(owners);
  }

  private static CleanupList read(Path list) {
    try {
      return CleanupJournal.read(list);
    } catch (IOException e) {
      LOG.warn("{} cannot be read, so nobody knows what its group has installed: {}", list, e);
      return CleanupList.EMPTY;
    }
  }

  /** Returns the group that has installed what is at the path. */
  Optional<String> ownerOf(String path) {
    return Optional.ofNullable(owners.get(path));
  }
}
