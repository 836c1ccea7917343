package dev.slipway.examples.screen;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostBack;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostLost;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.WaveStarted;
import dev.slipway.fleet.HostId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a rollout looks like, as lines of text: a row for each host, and the numbers below. It
 * learns only from events.
 *
 * <p>Not thread-safe.
 */
final class FleetPicture implements EventVisitor {

  private static final int FEWEST_ROWS = 3;
  private static final int BAR = LifecycleEvent.IN_PLACE.size();

  private final Map<HostId, HostRow> rows = new LinkedHashMap<>();
  private int minimumHealthy;
  private int budget;
  private int wave;
  private String verdict = "";
  private boolean isGood;

  FleetPicture(Collection<HostId> hosts) {
    hosts.forEach(host -> rows.put(host, HostRow.pending(host)));
  }

  /** Returns the picture, in at most so many lines of at most so many columns. */
  List<String> lines(int height, int width, boolean isColoured) {
    Pen pen = new Pen(width, isColoured);
    List<String> lines = new ArrayList<>();
    List<HostRow> shown = shown(Math.max(FEWEST_ROWS, height - 3));
    int names = shown.stream().mapToInt(row -> row.host().value().length()).max().orElse(0);
    shown.forEach(row -> lines.add(line(pen, row, names)));
    if (shown.size() < rows.size()) {
      lines.add(pen.line().write(Ink.DIM, "  and " + (rows.size() - shown.size()) + " more").end());
    }
    lines.add(numbers(pen));
    if (!verdict.isEmpty()) {
      lines.add(pen.line().write(isGood ? Ink.GREEN : Ink.RED, "  " + verdict).end());
    }
    return lines;
  }

  /** All in their order when they fit; else the ones that one wants to see. */
  private List<HostRow> shown(int most) {
    if (rows.size() <= most) {
      return List.copyOf(rows.values());
    }
    return rows.values().stream()
        .sorted(Comparator.comparingInt(row -> interest(row.status())))
        .limit(most)
        .toList();
  }

  private static int interest(HostStatus status) {
    return switch (status) {
      case IN_PROGRESS, READY -> 0;
      case FAILED, UNREACHABLE -> 1;
      case PENDING -> 2;
      case SUCCEEDED, SKIPPED -> 3;
    };
  }

  private static String line(Pen pen, HostRow row, int names) {
    Ink ink = ink(row.status());
    int done = Math.min(BAR, row.done());
    return pen.line()
        .write(Ink.PLAIN, "  " + pad(row.host().value(), names) + "  ")
        .write(ink, "#".repeat(done))
        .write(Ink.DIM, ".".repeat(BAR - done))
        .write(ink, "  " + pad(word(row.status()), 11))
        .write(Ink.PLAIN, "  " + row.note())
        .end();
  }

  private String numbers(Pen pen) {
    long off = count(HostStatus.IN_PROGRESS) + failed();
    String healthy =
        "  healthy %d of %d, floor %d".formatted(rows.size() - off, rows.size(), minimumHealthy);
    String rest =
        "   wave %d   failed %d of %d allowed   succeeded %d   skipped %d"
            .formatted(
                wave, failed(), budget, count(HostStatus.SUCCEEDED), count(HostStatus.SKIPPED));
    return pen.line().write(Ink.BOLD, healthy).write(Ink.PLAIN, rest).end();
  }

  private long failed() {
    return count(HostStatus.FAILED) + count(HostStatus.UNREACHABLE);
  }

  private long count(HostStatus status) {
    return rows.values().stream().filter(row -> row.status() == status).count();
  }

  private static Ink ink(HostStatus status) {
    return switch (status) {
      case IN_PROGRESS, READY -> Ink.YELLOW;
      case SUCCEEDED -> Ink.GREEN;
      case FAILED, UNREACHABLE -> Ink.RED;
      case PENDING, SKIPPED -> Ink.DIM;
    };
  }

  private static String word(HostStatus status) {
    return switch (status) {
      case PENDING -> "waiting";
      case IN_PROGRESS -> "running";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
      case UNREACHABLE -> "unreachable";
      case READY -> "ready";
    };
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private HostRow row(HostId host) {
    return rows.computeIfAbsent(host, HostRow::pending);
  }

  @Override
  public void rolloutStarted(RolloutStarted event) {
    minimumHealthy = event.minimumHealthy();
    budget = event.failureBudget();
  }

  @Override
  public void waveStarted(WaveStarted event) {
    wave = event.number();
    event.hosts().forEach(host -> rows.put(host, row(host).running("")));
  }

  @Override
  public void hostEventOffered(HostEventOffered event) {
    rows.put(event.host(), row(event.host()).running(event.event().wireName()));
  }

  @Override
  public void hostEventFinished(HostEventFinished event) {
    HostRow row = row(event.host());
    Diagnostics diagnostics = event.diagnostics();
    rows.put(
        event.host(),
        diagnostics.isSuccess()
            ? row.oneMoreDone()
            : row.running(event.event().wireName() + ": " + complaint(diagnostics)));
  }

  @Override
  public void hostLost(HostLost event) {
    rows.put(event.host(), row(event.host()).running("lost: " + event.message()));
  }

  @Override
  public void hostBack(HostBack event) {
    rows.put(event.host(), row(event.host()).running("back"));
  }

  @Override
  public void hostFinished(HostFinished event) {
    HostRow row = row(event.host());
    boolean isExplained = event.status() == HostStatus.FAILED && !row.note().isEmpty();
    rows.put(event.host(), row.ended(event.status(), isExplained ? row.note() : event.reason()));
  }

  /** The last thing a script said tells more than its exit code. */
  private static String complaint(Diagnostics diagnostics) {
    return diagnostics
        .log()
        .lines()
        .filter(Predicate.not(String::isBlank))
        .reduce((before, line) -> line)
        .map(line -> line.replaceFirst("^\\[std(out|err)\\]", ""))
        .orElse(diagnostics.message());
  }

  @Override
  public void rolloutAborted(RolloutAborted event) {
    verdict = event.message();
    isGood = false;
  }

  @Override
  public void rolloutEnded(RolloutEnded event) {
    rows.replaceAll(
        (host, row) ->
            row.status() == HostStatus.PENDING ? row.ended(HostStatus.SKIPPED, "") : row);
    isGood = event.error() == null;
    verdict =
        event.status().wireName()
            + (event.error() == null
                ? ""
                : " (" + event.error().code() + "): " + event.error().message());
  }
}
