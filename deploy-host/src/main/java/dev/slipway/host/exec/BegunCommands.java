package dev.slipway.host.exec;

import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands of one deployment that have begun and not ended. This library leaves a ticket for
 * each, a push too, and AWS's agent one mark for the latest of a deployment.
 */
final class BegunCommands {

  /** How the identifier of a command names it that AWS's agent leaves in its mark. */
  private static final Pattern NAME_IN_IDENTIFIER =
      Pattern.compile("\"commandName\"\\s*:\\s*\"([A-Za-z]+)\"");

  /** The name of a ticket of a push: an event and an attempt. */
  private static final Pattern PUSHED = Pattern.compile("[A-Za-z]+-[0-9]+");

  /** The places of birth in the line of {@code /proc} about a process, after its name. */
  private static final int BIRTH = 19;

  private final Layout layout;
  private final String group;
  private final Path deployment;
  private final boolean agentIsAlive;

  BegunCommands(Layout layout, String group, Path deployment, boolean agentIsAlive) {
    this.layout = layout;
    this.group = group;
    this.deployment = deployment;
    this.agentIsAlive = agentIsAlive;
  }

  List<HostStatus.Command> read() throws IOException {
    List<HostStatus.Command> commands = new ArrayList<>();
    for (Path ticket : StatusReader.entriesOf(deployment.resolve("tickets"))) {
      if (Files.isDirectory(ticket) && !hasEnded(ticket) && !isUnused(ticket)) {
        String name = eventIn(String.valueOf(ticket.getFileName()));
        commands.add(new HostStatus.Command(name, StatusReader.changed(ticket), runs(ticket)));
      }
    }
    if (commands.isEmpty()) {
      marked().ifPresent(commands::add);
    }
    return commands;
  }

  private static boolean hasEnded(Path ticket) {
    return Files.exists(ticket.resolve("result")) || Files.exists(ticket.resolve("status"));
  }

  /** A push makes directories before it needs them: one without a process is no ticket yet. */
  private static boolean isUnused(Path ticket) {
    String name = String.valueOf(ticket.getFileName());
    return name.startsWith("inbox.")
        || name.startsWith("link.")
        || (PUSHED.matcher(name).matches() && !Files.exists(ticket.resolve("process")));
  }

  private Optional<HostStatus.Command> marked() throws IOException {
    Path mark = Path.of(layout.ongoingDeployments()).resolve(deployment.getFileName());
    if (!Files.isRegularFile(mark)) {
      return Optional.empty();
    }
    String name = eventIn(plain(Files.readString(mark, StandardCharsets.ISO_8859_1)));
    Instant since = StatusReader.changed(mark);
    return Optional.of(new HostStatus.Command(name, since, agentIsAlive || isLocked()));
  }

  /** The identifiers of AWS's service are Base64 of a JSON text. */
  private static String plain(String text) {
    try {
      byte[] decoded = Base64.getDecoder().decode(text.strip());
      Matcher name = NAME_IN_IDENTIFIER.matcher(new String(decoded, StandardCharsets.UTF_8));
      return name.find() ? name.group(1) : text;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String eventIn(String key) {
    return Arrays.stream(key.split("[/+-]"))
        .filter(LifecycleEvents.IN_ORDER::contains)
        .findFirst()
        .orElse(key);
  }

  private boolean runs(Path ticket) throws IOException {
    Path process = ticket.resolve("process");
    return Files.isRegularFile(process) ? isAlive(Files.readString(process)) : isLocked();
  }

  /** Whether the process of a push runs, which the ticket names by its number and its birth. */
  private static boolean isAlive(String process) {
    String[] parts = process.strip().split(" ", -1);
    if (parts.length < 2 || !parts[0].matches("[0-9]+")) {
      return false;
    }
    try {
      String line = Files.readString(Path.of("/proc", parts[0], "stat"));
      String[] numbers = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return numbers.length > BIRTH && numbers[BIRTH].equals(parts[1]);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether an executor works for the group, in this process or another. Read from the system's
   * list of locks: to try the lock would mean to close the file again, and with that this process
   * would lose the lock that another thread of it may hold.
   */
  private boolean isLocked() throws IOException {
    Path file = Path.of(layout.lockFile(group));
    Path locks = Path.of("/proc/locks");
    if (!Files.exists(file) || !Files.isReadable(locks)) {
      return false;
    }
    // The file's number alone: on layered file systems the device's is not the one listed.
    String number = ":" + Files.getAttribute(file, "unix:ino") + " ";
    try (Stream<String> lines = Files.lines(locks)) {
      return lines.anyMatch(line -> line.contains(number));
    }
  }
}
