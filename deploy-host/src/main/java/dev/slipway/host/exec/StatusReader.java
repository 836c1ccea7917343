package dev.slipway.host.exec;

import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.Pointers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is on a deployment root, whoever has written it. */
final class StatusReader {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReader.class);

  private final Layout layout;

  StatusReader(Layout layout) {
    this.layout = layout;
  }

  HostStatus read() throws IOException {
    Optional<String> agent = LiveAgent.on(layout);
    List<HostStatus.Group> groups = new ArrayList<>();
    for (String id : groupIds()) {
      groups.add(group(id, agent.isPresent()));
    }
    return new HostStatus(
        layout.root(), agent.orElse(null), groups, logsIn(Path.of(layout.deploymentLogs())));
  }

  /** Groups have a directory, instruction files, or both. */
  private NavigableSet<String> groupIds() throws IOException {
    NavigableSet<String> ids = new TreeSet<>();
    for (Path entry : entriesOf(Path.of(layout.root()))) {
      String name = String.valueOf(entry.getFileName());
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && layout.isGroupDirectory(name)) {
        ids.add(name);
      }
    }
    for (Path entry : entriesOf(Path.of(layout.instructions()))) {
      Layout.groupOfInstructionFile(String.valueOf(entry.getFileName())).ifPresent(ids::add);
    }
    return ids;
  }

  private HostStatus.Group group(String id, boolean agentIsAlive) throws IOException {
    List<HostStatus.Deployment> deployments = new ArrayList<>();
    for (Path directory : entriesOf(Path.of(layout.groupDirectory(id)))) {
      if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        try {
          deployments.add(deployment(id, directory, agentIsAlive));
        } catch (NoSuchFileException e) {
          LOG.debug("{} was removed while it was looked at", directory, e);
        }
      }
    }
    deployments.sort(Comparator.comparing(HostStatus.Deployment::changed).reversed());
    return new HostStatus.Group(
        id,
        remembered(layout.lastSuccessfulPointer(id)),
        remembered(layout.mostRecentPointer(id)),
        install(id),
        deployments);
  }

  /** Only shown, so it need not be ours as what deployments go by must be. */
  private static HostStatus.@Nullable Remembered remembered(String pointer) throws IOException {
    Path file = Path.of(pointer);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    String directory = Pointers.parse(Files.readString(file));
    return new HostStatus.Remembered(directory, Files.isDirectory(Path.of(directory)));
  }

  private HostStatus.Install install(String id) throws IOException {
    Path list = Path.of(layout.cleanupFile(id));
    Path pointer = Path.of(layout.lastSuccessfulPointer(id));
    if (!Files.exists(list, LinkOption.NOFOLLOW_LINKS)) {
      boolean had = Files.exists(pointer, LinkOption.NOFOLLOW_LINKS);
      HostStatus.State state = had ? HostStatus.State.REMOVED : HostStatus.State.NONE;
      return new HostStatus.Install(state, 0, 0, null);
    }
    HostStatus.State state =
        endedAfter(pointer, list) ? HostStatus.State.COMPLETE : HostStatus.State.UNFINISHED;
    CleanupList created;
    try {
      created = CleanupJournal.read(list);
    } catch (IOException e) {
      return new HostStatus.Install(state, 0, 0, e.getMessage());
    }
    int listed = 0;
    int missing = 0;
    for (CleanupList.Entry entry : created.entries()) {
      if (entry.kind() == CleanupList.Kind.PATH) {
        listed++;
        missing += Files.exists(Path.of(entry.path()), LinkOption.NOFOLLOW_LINKS) ? 0 : 1;
      }
    }
    return new HostStatus.Install(state, listed, missing, null);
  }

  /**
   * Whether the install that has written the list has succeeded: the pointer is written after the
   * last line of the list, by AWS's agent too.
   */
  private static boolean endedAfter(Path pointer, Path list) throws IOException {
    if (!Files.exists(pointer, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    FileTime ended = Files.getLastModifiedTime(pointer, LinkOption.NOFOLLOW_LINKS);
    return ended.compareTo(Files.getLastModifiedTime(list, LinkOption.NOFOLLOW_LINKS)) >= 0;
  }

  private HostStatus.Deployment deployment(String group, Path directory, boolean agentIsAlive)
      throws IOException {
    String id = String.valueOf(directory.getFileName());
    Path scripts = Path.of(Layout.scriptLogIn(directory.toString())).resolveSibling("");
    return new HostStatus.Deployment(
        id,
        directory.toString(),
        changed(directory),
        Files.isDirectory(Path.of(Layout.archiveIn(directory.toString()))),
        new BegunCommands(layout, group, directory, agentIsAlive).read(),
        logsIn(scripts));
  }

  /** Their names put a log before the older ones of it. */
  private static List<String> logsIn(Path directory) throws IOException {
    return entriesOf(directory).stream()
        .filter(log -> Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS))
        .map(Path::toString)
        .sorted()
        .toList();
  }

  static Instant changed(Path path) throws IOException {
    return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  static List<Path> entriesOf(Path directory) throws IOException {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        entries.forEach(all::add);
      }
    }
    return all;
  }
}
