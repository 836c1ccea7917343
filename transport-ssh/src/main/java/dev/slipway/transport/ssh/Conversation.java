package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.failure.RevisionException;
import dev.slipway.host.plan.HostFacts;
import dev.slipway.host.plan.HostQuestions;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks with the runner on a host: what is said, in which order, and nothing of why.
 *
 * <p>One thread at a time asks and waits, or listens; {@link #stop} and {@link #close} may come
 * from any other.
 */
final class Conversation implements Closeable {

  /**
   * How long a runner may take over a part of an answer, or take nothing of what is sent: bundles
   * are large, and disks slow. Whoever gives the command up ends that sooner.
   */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int BUFFER = 32 * 1024;
  private static final int MOST_SILENT_PROBES = 2;
  private static final long SHORT_MILLIS = 500;

  private final RunnerLink link;
  private final Duration patience;
  private final MessageReader messages;
  private final OutputStream out;
  private final HostHello hello = new HostHello();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicLong written = new AtomicLong();
  private final StringBuilder lines = new StringBuilder();
  private Map<String, String> rememberedVariables = Map.of();
  private Map<String, String> sentVariables = Map.of();
  private long linesSize;
  private long writtenBefore;
  private int stuck;
  private volatile boolean isLate;

  Conversation(RunnerLink link) {
    this(link, PATIENCE);
  }

  /**
   * Begins one.
   *
   * @param patience how long each part of an answer may take
   */
  Conversation(RunnerLink link, Duration patience) {
    this.link = link;
    this.patience = patience;
    this.messages = new MessageReader(link.fromRunner(), link::hasEnded);
    this.out = new BufferedOutputStream(link.toRunner());
  }

  /** Who hears what a running event says. */
  interface Listener {

    /** The host has the event, and has it from now on. */
    void taken();

    /**
     * The event wrote something.
     *
     * @param lines whole lines; empty when there was nothing but the ends of lines
     * @param bytes their length on the host
     */
    void output(String lines, long bytes);
  }

  /** Returns what the host has said of itself. */
  HostHello hello() {
    return hello;
  }

  /** Reads the greeting; what a login shell prints before it does not matter. */
  void awaitReady() throws IOException, LinkFailure, HostUnfitException {
    StringBuilder noise = new StringBuilder();
    while (!hello.isReady()) {
      Message message = nextOfGreeting();
      if (message == null) {
        link.explain();
        throw new HostUnfitException(
            "The runner did not start on the host."
                + said(noise.toString())
                + said(link.complaints()));
      }
      if (message instanceof Message.Frame frame) {
        hello.take(frame);
        if (!hello.missing().isEmpty()) {
          throw new HostUnfitException(
              "The host lacks what a deployment needs: " + hello.missing() + ". Install it.");
        }
      } else if (message instanceof Message.OutputLine line && noise.length() < 500) {
        noise.append(line.text()).append('\n');
      }
    }
    link.greeted();
  }

  /** Returns the next message of the greeting, or null at its end. */
  private @Nullable Message nextOfGreeting() throws IOException, LinkFailure, HostUnfitException {
    try {
      return messages.next();
    } catch (IOException e) {
      link.explain();
      throw e;
    }
  }

  private static String said(String text) {
    return text.isBlank() ? "" : " It said: " + text.strip();
  }

  /**
   * Sends something for the next event: little text so that the host needs no program to take it,
   * much packed if the host can unpack. The name is one of ours.
   */
  void send(String name, byte[] content) throws IOException {
    if (PlanText.isShort(content)) {
      write(
          () -> {
            command("FILE", name, content.length + 1, "text");
            copy(new ByteArrayInputStream(content), content.length);
            out.write('\n');
          });
      return;
    }
    boolean pack = hello.has("gzip") && content.length >= Packing.WORTHWHILE;
    byte[] sent = Packing.of(content, pack);
    write(
        () -> {
          command("FILE", pack ? name + Packing.SUFFIX : name, sent.length);
          copy(new ByteArrayInputStream(sent), sent.length);
        });
  }

  /** Sends the plan of an event without scripts. */
  void sendSteps(byte[] plan) throws IOException {
    sentVariables = rememberedVariables;
    send("plan", plan);
  }

  /**
   * Sends the plan of an event with scripts.
   *
   * @param variables what the scripts get
   */
  void sendScripts(byte[] plan, Map<String, String> variables) throws IOException {
    sentVariables = variables;
    send("plan", plan);
  }

  /** Returns the variables that the runner has from the last event that had scripts, or none. */
  Map<String, String> rememberedVariables() {
    return rememberedVariables;
  }

  /**
   * Sends a file for the next event; its size must not change.
   *
   * @throws RevisionException if the file cannot be read: that is no fault of the link
   */
  void send(String name, Path content, long size) throws IOException {
    try (InputStream in = open(content)) {
      write(
          () -> {
            command("FILE", name, size);
            copy(in, size);
          });
    }
  }

  private static InputStream open(Path content) {
    try {
      return Files.newInputStream(content);
    } catch (IOException e) {
      throw new RevisionException(content + " cannot be read to be sent: " + e, e);
    }
  }

  /** After some of a file the host waits for the rest, so the link is of no use any more. */
  private int read(InputStream in, byte[] buffer, long left) {
    try {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("it has become shorter");
      }
      return count;
    } catch (IOException e) {
      link.close();
      throw new RevisionException("The bundle cannot be read while it is sent: " + e, e);
    }
  }

  /** In pieces, so that {@link #probe} sees that what is sent over a slow link moves. */
  private void copy(InputStream in, long size) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = size;
    while (left > 0) {
      int count = read(in, buffer, left);
      out.write(buffer, 0, count);
      left -= count;
      written.addAndGet(count);
    }
  }

  /** Asks what is at some paths. */
  FactsAnswer facts(HostQuestions questions) throws IOException, LinkFailure, HostUnfitException {
    if (PlanText.areFew(questions.states()) && PlanText.areFew(questions.entryCounts())) {
      PlanText names = new PlanText().texts(questions.states()).texts(questions.entryCounts());
      write(
          () -> {
            command("LOOK", questions.states().size(), questions.entryCounts().size());
            byte[] text = names.toBytes();
            copy(new ByteArrayInputStream(text), text.length);
            out.flush();
          });
    } else {
      askMany(questions);
    }
    return awaitFacts(questions);
  }

  private void askMany(HostQuestions questions) throws IOException {
    String packed = hello.has("gzip") ? Packing.SUFFIX : "";
    byte[] states = Packing.of(PlanText.names(questions.states()), !packed.isEmpty());
    byte[] counts = Packing.of(PlanText.names(questions.entryCounts()), !packed.isEmpty());
    write(
        () -> {
          command("FACTS", states.length, counts.length, packed);
          copy(new ByteArrayInputStream(states), states.length);
          copy(new ByteArrayInputStream(counts), counts.length);
          out.flush();
        });
  }

  private FactsAnswer awaitFacts(HostQuestions questions)
      throws IOException, LinkFailure, HostUnfitException {
    byte[] tree = null;
    String states = null;
    while (true) {
      Message.Frame frame = nextFrame();
      switch (frame.word()) {
        case "TREE" -> tree = frame.payload();
        case "STATES" -> states = frame.text();
        case "COUNTS" -> {
          HostFacts facts =
              FactsAnswer.facts(questions, states == null ? "" : states, frame.text());
          return new FactsAnswer(facts, tree);
        }
        default -> ignoreOrFail(frame);
      }
    }
  }

  /** Asks where accounts live; an account that the host does not know is not in the answer. */
  Map<String, String> homes(NavigableSet<String> accounts)
      throws IOException, LinkFailure, HostUnfitException {
    byte[] text = new PlanText().texts(accounts).toBytes();
    write(
        () -> {
          command("HOMES", accounts.size());
          copy(new ByteArrayInputStream(text), text.length);
          out.flush();
        });
    Map<String, String> homes = new TreeMap<>();
    for (String account : accounts) {
      Message.Frame frame = nextFrame();
      while (!frame.is("HOME")) {
        ignoreOrFail(frame);
        frame = nextFrame();
      }
      if (!frame.text().isEmpty()) {
        homes.put(account, frame.text());
      }
    }
    return homes;
  }

  /** Asks what the host holds of the last revision; a line for each file. */
  String have() throws IOException, LinkFailure, HostUnfitException {
    write(
        () -> {
          command("HAVE");
          out.flush();
        });
    return answer("HAVE").text();
  }

  /**
   * Has the host make the bundle of the next event out of what it has been sent and what it holds.
   *
   * @param map of the bundle
   * @param order the pieces and files that make it up
   * @return whether that worked
   */
  boolean assemble(TarMap map, List<String> order)
      throws IOException, LinkFailure, HostUnfitException {
    List<String> texts = PlanText.areFew(order) ? order : List.of();
    if (texts.isEmpty()) {
      send("order", PlanText.names(order));
    }
    byte[] text = new PlanText().texts(texts).toBytes();
    write(
        () -> {
          command("ASSEMBLE", map.id().sha256(), map.size(), texts.size());
          copy(new ByteArrayInputStream(text), text.length);
          out.flush();
        });
    return answer("ASSEMBLED", "DIFFERENT").is("ASSEMBLED");
  }

  private Message.Frame answer(String... words)
      throws IOException, LinkFailure, HostUnfitException {
    while (true) {
      Message.Frame frame = nextFrame();
      if (Arrays.asList(words).contains(frame.word())) {
        return frame;
      }
      ignoreOrFail(frame);
    }
  }

  /** Asks which other deployment group has installed what is at a path. */
  Optional<String> owner(String path) throws IOException, LinkFailure, HostUnfitException {
    byte[] text = new PlanText().text(path).toBytes();
    write(
        () -> {
          command("OWNER");
          copy(new ByteArrayInputStream(text), text.length);
          out.flush();
        });
    return Optional.of(answer("OWNER").text()).filter(owner -> !owner.isEmpty());
  }

  /** Tells the runner to start an event, or to go on with it if it knows it. */
  void run(String event, String attempt, long generation, long offset) throws IOException {
    write(
        () -> {
          command("RUN", event, attempt, generation, offset);
          out.flush();
        });
  }

  /** Asks for an event that may be running; {@link #isKnown} says whether it is known. */
  void ask(String event, String attempt, long offset) throws IOException {
    write(
        () -> {
          command("ASK", event, attempt, offset);
          out.flush();
        });
  }

  /**
   * Sees to it that an event never starts, if it has not; whoever was told to start it may be slow.
   *
   * @return whether it will not; else {@link #follow} says what came of it
   */
  boolean bar(String event, String attempt, long offset)
      throws IOException, LinkFailure, HostUnfitException {
    write(
        () -> {
          command("BAR", event, attempt, offset);
          out.flush();
        });
    while (true) {
      Message.Frame frame = nextFrame();
      if (frame.is("BARRED") || frame.is("KNOWN")) {
        return frame.is("BARRED");
      }
      ignoreOrFail(frame);
    }
  }

  /**
   * Asks the runner to end a script, unless something is being sent: whoever sends that is to look
   * for the wish when it is sent.
   */
  void stop(String event, String attempt) throws IOException {
    boolean unused =
        writeSoon(
            () -> {
              command("STOP", event, attempt);
              out.flush();
            });
  }

  /**
   * Says that the deployment is over, unless something is being sent: that would have to end.
   *
   * @return whether that was said
   */
  boolean release() throws IOException {
    return writeSoon(
        () -> {
          command("RELEASE");
          out.flush();
        });
  }

  /** Waits for what is short, but not for what a host does not take. */
  private boolean writeSoon(Writing what) throws IOException {
    if (!mayWriteSoon()) {
      return false;
    }
    try {
      write(what);
      return true;
    } finally {
      writing.unlock();
    }
  }

  /** The lock is held then. */
  private boolean mayWriteSoon() {
    try {
      return writing.tryLock(SHORT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lets go of a runner that was released and has nothing more to do. */
  void leave() {
    link.leave();
  }

  /** Returns whether the host knows the event that {@link #ask} was about. */
  boolean isKnown() throws IOException, LinkFailure, HostUnfitException {
    while (true) {
      Message.Frame frame = nextFrame();
      if (frame.is("KNOWN") || frame.is("UNKNOWN")) {
        return frame.is("KNOWN");
      }
      ignoreOrFail(frame);
    }
  }

  /** Has somebody called whenever {@link #follow} may have something to say. */
  void whenHeard(Runnable listener) {
    link.whenHeard(listener);
  }

  /** Returns whether the other side has gone. */
  boolean hasEnded() {
    return link.hasEnded();
  }

  /** Tells what the event has said since, and returns how it ended, or null while it goes on. */
  @Nullable EventEnd follow(Listener listener) throws IOException, LinkFailure, HostUnfitException {
    EventEnd end = null;
    Message message = messages.poll();
    while (message != null && end == null) {
      if (message instanceof Message.OutputLine line) {
        hear(line, listener);
      } else if (message instanceof Message.Frame frame) {
        tell(listener);
        end = hear(frame, listener);
      }
      if (end == null) {
        message = messages.poll();
      }
    }
    tell(listener);
    if (end == null && messages.isOver()) {
      throw lost();
    }
    return end;
  }

  private void hear(Message.OutputLine line, Listener listener) {
    linesSize += line.size();
    if (!line.text().isEmpty()) {
      lines.append(line.text()).append('\n');
      if (lines.length() >= BUFFER) {
        tell(listener);
      }
    }
  }

  private @Nullable EventEnd hear(Message.Frame frame, Listener listener)
      throws HostUnfitException {
    switch (frame.word()) {
      case "TAKEN" -> {
        rememberedVariables = sentVariables;
        listener.taken();
      }
      case "KNOWN" -> listener.taken();
      case "REFUSED" -> {
        return new EventEnd("refused", 0, 0, frame.argument(2));
      }
      case "DONE" -> {
        return EventEnd.of(frame);
      }
      default -> ignoreOrFail(frame);
    }
    return null;
  }

  private void tell(Listener listener) {
    if (lines.length() > 0 || linesSize > 0) {
      listener.output(lines.toString(), linesSize);
      lines.setLength(0);
      linesSize = 0;
    }
  }

  @Override
  public void close() {
    link.close();
  }

  /**
   * Looks whether the host still answers or what is being sent still moves; closes the link when
   * neither is so. A host whose disk stalls takes nothing for a while, and answers. Once the runner
   * has ended, nobody will take what is being sent.
   */
  void probe() {
    long now = written.get();
    boolean answers = link.answers() && !(link.hasEnded() && writing.isLocked());
    stuck = answers || now != writtenBefore ? 0 : stuck + 1;
    writtenBefore = now;
    if (stuck >= MOST_SILENT_PROBES) {
      link.close();
    }
  }

  /** Something that is written in one piece. */
  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing what) throws IOException {
    writing.lock();
    try {
      what.run();
    } catch (IndexOutOfBoundsException e) {
      // SSHJ's channels run off their buffers when one write follows another that failed.
      throw new IOException("The connection broke while something else was written to it.", e);
    } finally {
      writing.unlock();
    }
  }

  private Message next() throws IOException, LinkFailure {
    Message message = messages.next();
    if (message == null) {
      throw lost();
    }
    return message;
  }

  private LinkFailure lost() {
    if (isLate) {
      return new LinkFailure(
          UnreachableReason.TIMED_OUT,
          "The host did not answer within " + patience.toSeconds() + " s. Does its disk hang?",
          null);
    }
    return new LinkFailure(
        UnreachableReason.CONNECTION_LOST,
        "The connection to the host was lost." + said(link.complaints()),
        null);
  }

  /** Waits for a part of an answer. A server may live though the runner behind it hangs. */
  private Message.Frame nextFrame() throws IOException, LinkFailure {
    Deadline late = Deadline.in(patience, this::giveUp);
    try {
      while (true) {
        if (next() instanceof Message.Frame frame) {
          return frame;
        }
      }
    } catch (IOException e) {
      if (isLate) {
        throw lost();
      }
      throw e;
    } finally {
      late.callOff();
    }
  }

  private void giveUp() {
    isLate = true;
    link.close();
  }

  private void ignoreOrFail(Message.Frame frame) throws HostUnfitException {
    hello.take(frame);
    String trouble = hello.trouble();
    if (trouble != null) {
      // What fills a disk leaves no room for what is to be said of it.
      throw new HostUnfitException(
          "The host could not take what was sent"
              + (trouble.isBlank() ? ". Is its disk full?" : ": " + onceEach(trouble)));
    }
  }

  /** Directories that lack the same one all say so. */
  private static String onceEach(String lines) {
    return lines.strip().lines().distinct().collect(Collectors.joining("\n"));
  }

  /**
   * Says why nothing more can be written to the host, if it said so before it went. Does not wait.
   *
   * @throws HostUnfitException if it said so
   */
  void explain() throws HostUnfitException {
    try {
      Message message = messages.poll();
      while (message != null) {
        if (message instanceof Message.Frame frame) {
          ignoreOrFail(frame);
        }
        message = messages.poll();
      }
    } catch (IOException e) {
      LOG.debug("the host was cut off while it spoke", e);
    }
  }

  private void command(Object... words) throws IOException {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    out.write(line.append('\n').toString().getBytes(UTF_8));
  }
}
