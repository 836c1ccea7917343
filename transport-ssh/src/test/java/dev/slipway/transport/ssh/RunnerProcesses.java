package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** The processes of a host on this machine that serve one deployment, by what each does. */
final class RunnerProcesses {

  /** What a process is there for. */
  enum Role {
    /** Reads the commands. */
    SERVER,
    /** Copies to the channel. */
    FOLLOWER,
    /** Waits for the end of that. */
    PARENT_OF_FOLLOWER,
    /** Runs the events. */
    WORKER,
    /** Waits for the end of that. */
    PARENT_OF_WORKER,
    /** Runs one event. */
    EVENT,
    /** Sees to it that there is a log. */
    LOGGER,
    /** The program that writes it. */
    LOG_PROGRAM,
    /** Reads the output of a script. */
    READER,
    /** Ends a script in time. */
    CLOCK
  }

  private static final Path PROC = Path.of("/proc");

  private final Path root;
  private final Path tickets;

  /**
   * Knows them by where they work.
   *
   * @param root of the host, which has no other one below it
   * @param home of the deployment
   */
  RunnerProcesses(Path root, Path home) {
    this.root = root;
    this.tickets = home.resolve("tickets");
  }

  /** Kills the one that has a role for an event; returns whether there is one. */
  boolean kill(Role role, String event) {
    OptionalLong found;
    try {
      found = find(role, event);
    } catch (IOException | UncheckedIOException e) {
      // It is not there yet.
      return false;
    }
    found.ifPresent(number -> ProcessHandle.of(number).ifPresent(ProcessHandle::destroyForcibly));
    return found.isPresent();
  }

  private OptionalLong find(Role role, String event) throws IOException {
    Path link = link();
    return switch (role) {
      case SERVER -> OptionalLong.of(server());
      case FOLLOWER -> childOf(parentOfFollower().orElseThrow(IOException::new), child -> true);
      case PARENT_OF_FOLLOWER -> parentOfFollower();
      case PARENT_OF_WORKER ->
          childOf(server(), child -> hasOpen(child, 0, link.resolve("orders")));
      case WORKER -> OptionalLong.of(word(link.resolve("process"), 0));
      case EVENT -> OptionalLong.of(word(tickets.resolve(event + "-1/process"), 0));
      case LOGGER -> logger();
      case LOG_PROGRAM -> childOf(logger().orElseThrow(IOException::new), child -> true);
      case READER -> OptionalLong.of(word(link.resolve("clock"), 3));
      case CLOCK -> OptionalLong.of(word(link.resolve("timers"), 0));
    };
  }

  private OptionalLong parentOfFollower() throws IOException {
    Path over = link().resolve("over");
    return childOf(server(), child -> hasOpen(child, 9, over));
  }

  private OptionalLong logger() throws IOException {
    Path log = link().resolve("log");
    return childOf(word(link().resolve("process"), 0), child -> hasOpen(child, 0, log));
  }

  private Path link() throws IOException {
    try (Stream<Path> files = Files.list(tickets)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("link."))
          .findFirst()
          .orElseThrow(IOException::new);
    }
  }

  private long server() throws IOException {
    return Long.parseLong(link().getFileName().toString().split("\\.", -1)[1]);
  }

  private static long word(Path file, int which) throws IOException {
    String[] words = Files.readString(file).split(" ", -1);
    // A zero stands for one that is not there yet.
    if (words.length <= which || !words[which].matches("[1-9][0-9]*")) {
      throw new IOException(file + " is being written");
    }
    return Long.parseLong(words[which]);
  }

  private static OptionalLong childOf(long parent, LongPredicate wanted) {
    return ProcessHandle.of(parent).stream()
        .flatMap(ProcessHandle::children)
        .mapToLong(ProcessHandle::pid)
        .filter(wanted)
        .findFirst();
  }

  private static boolean hasOpen(long number, int descriptor, Path file) {
    try {
      return Files.readSymbolicLink(PROC.resolve(number + "/fd/" + descriptor)).equals(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns what there is of the host's processes, as the command line of each. */
  List<String> left() {
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(process -> Long.parseLong(process.getFileName().toString()) != me())
          .filter(this::isOfHost)
          .map(process -> process.getFileName() + " " + read(process.resolve("cmdline")).strip())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long me() {
    return ProcessHandle.current().pid();
  }

  private boolean isOfHost(Path process) {
    return read(process.resolve("cmdline")).contains(root.toString())
        || read(process.resolve("environ")).contains(root.toString())
        || holdsFile(process);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      // It has ended, or is not ours.
      return "";
    }
  }

  private boolean holdsFile(Path process) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.anyMatch(this::leadsBelow);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private boolean leadsBelow(Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith(root);
    } catch (IOException e) {
      return false;
    }
  }
}
