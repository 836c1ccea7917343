package dev.slipway.engine.trigger;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.TriggerConfiguration;
import dev.slipway.domain.TriggerEventType;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.trigger.TriggerMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one trigger of one rollout, in order. What cannot be handed over is tried again, later and
 * later; other lanes do not wait for it.
 *
 * <p>Thread-safe: one thread at a time takes a turn, whoever raises {@link #asked} from zero.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int EVENTS_AT_ONCE = 64;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final RelayParts parts;
  private final DeploymentId deployment;
  private final String trigger;
  private final Runnable onEnd;
  private final AtomicInteger asked = new AtomicInteger();
  private final Deque<TriggerMessage> pending = new ArrayDeque<>();
  private @Nullable ToldCourse course;
  private long read = -1;
  private long told;
  private Duration pause = FIRST_PAUSE;
  private @Nullable Instant nextTry;

  Lane(RelayParts parts, DeploymentId deployment, String trigger, Runnable onEnd) {
    this.parts = parts;
    this.deployment = deployment;
    this.trigger = trigger;
    this.onEnd = onEnd;
  }

  void ask() {
    if (asked.getAndIncrement() == 0) {
      parts.executor().execute(this::takeTurn);
    }
  }

  private void takeTurn() {
    int seen;
    do {
      seen = asked.get();
      try {
        while (isTime() && goOn()) {
          pause = FIRST_PAUSE;
        }
      } catch (RequestException e) {
        LOG.debug("deployment={} is not kept any more", deployment, e);
        onEnd.run();
      } catch (IOException
          | RuntimeException
          | LinkageError
          | AssertionError
          | StackOverflowError e) {
        // Thrown, an error would end the turn for good: nobody would ever take another one.
        tryLater(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    } while (asked.addAndGet(-seen) != 0);
  }

  /** What happens to the rollout meanwhile does not make a failed message be repeated sooner. */
  private boolean isTime() {
    if (nextTry != null && parts.timers().instant().isBefore(nextTry)) {
      return false;
    }
    nextTry = null;
    return true;
  }

  private void tryLater(Throwable e) {
    LOG.warn(
        "deployment={} trigger={} was not told, next try in {}: {}",
        deployment,
        trigger,
        pause,
        e.toString());
    Instant later = parts.timers().instant().plus(pause);
    nextTry = later;
    Runnable unused = parts.timers().at(later, this::ask);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** Returns whether there may be more to tell at once. */
  private boolean goOn() throws IOException, InterruptedException {
    ToldCourse known = course;
    RolloutSummary summary = known == null ? parts.summary(deployment) : known.summary();
    Optional<GroupTriggers> group =
        parts.book().of(summary.application(), summary.deploymentGroup());
    Optional<GroupTriggers.Since> since = group.flatMap(triggers -> triggers.named(trigger));
    if (group.isEmpty() || since.isEmpty()) {
      onEnd.run();
      return false;
    }
    if (known == null) {
      known = new ToldCourse(summary);
      course = known;
      Cursors.Cursor cursor = parts.cursors().read(deployment, trigger);
      if (cursor.over()) {
        onEnd.run();
        return false;
      }
      told = cursor.position();
    }
    publishPending();
    boolean over = known.status().isTerminal();
    if (read > told || (over && read >= 0)) {
      told = Math.max(read, told);
      parts.cursors().advance(deployment, trigger, new Cursors.Cursor(told, over));
    }
    if (over) {
      onEnd.run();
      return false;
    }
    return takeMore(known, group.get(), since.get());
  }

  private void publishPending() throws IOException, InterruptedException {
    TriggerMessage message = pending.peek();
    while (message != null) {
      parts.publish(message);
      pending.remove();
      message = pending.peek();
    }
  }

  private boolean takeMore(ToldCourse known, GroupTriggers group, GroupTriggers.Since since) {
    if (read < 0) {
      read = 0;
      prepare(known, group, since, known.created());
      return true;
    }
    List<JournalEntry> entries = parts.store().journal(deployment, read, EVENTS_AT_ONCE);
    for (JournalEntry entry : entries) {
      read = entry.sequence();
      prepare(known, group, since, known.take(JournalCodec.decode(entry)));
    }
    return !entries.isEmpty();
  }

  private void prepare(
      ToldCourse known,
      GroupTriggers group,
      GroupTriggers.Since since,
      List<Occurrence> occurrences) {
    for (Occurrence occurrence : occurrences) {
      if (read > told
          && since.trigger().events().contains(occurrence.type())
          && !occurrence.at().isBefore(since.since())) {
        pending.add(message(known, group, since.trigger(), occurrence));
      }
      HostId host = occurrence.host();
      if (host != null && isLast(occurrence.type())) {
        known.forget(host);
      }
    }
  }

  /** Whether no more is told of a host after this. */
  private static boolean isLast(TriggerEventType type) {
    return type == TriggerEventType.INSTANCE_SUCCESS || type == TriggerEventType.INSTANCE_FAILURE;
  }

  private TriggerMessage message(
      ToldCourse known, GroupTriggers group, TriggerConfiguration to, Occurrence occurrence) {
    String key =
        deployment
            + "/"
            + read
            + "/"
            + occurrence.type().wireName()
            + (occurrence.host() == null ? "" : "/" + occurrence.host())
            + "/"
            + trigger;
    return new TriggerMessage(
        key,
        trigger,
        to.target(),
        occurrence.type(),
        deployment,
        Payloads.of(group, trigger, known, occurrence));
  }
}
