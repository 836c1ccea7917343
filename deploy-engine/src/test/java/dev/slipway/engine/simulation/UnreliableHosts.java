package dev.slipway.engine.simulation;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Hosts of which some fail, vanish, fall silent, stammer, or answer too late. */
final class UnreliableHosts implements HostModel {

  private static final Diagnostics FAILED =
      new Diagnostics(LifecycleErrorCode.SCRIPT_FAILED, "bad.sh", "exit code 1", "");

  private final SplittableRandom random;
  private final int oddity;
  private final Set<String> offered = new HashSet<>();

  /**
   * Hosts of which every so-manyth answer is odd.
   *
   * @param oddity 1 or more
   */
  UnreliableHosts(SplittableRandom random, int oddity) {
    this.random = random;
    this.oddity = oddity;
  }

  @Override
  public List<Report> reports(int position, Effect.Offer offer) {
    if (!offered.add(offer.host() + "/" + offer.event() + "/" + offer.attempt())) {
      return List.of();
    }
    List<Report> reports = new ArrayList<>();
    Duration taken = Duration.ofMillis(random.nextInt(2_000));
    Duration over = taken.plusMillis(random.nextInt(60_000));
    switch (random.nextInt(oddity) == 0 ? random.nextInt(9) : 9) {
      case 0 -> {}
      case 1 -> acknowledge(reports, offer, taken);
      case 2 -> unreachable(reports, offer, taken, UnreachableReason.REFUSED);
      case 3 -> {
        acknowledge(reports, offer, taken);
        unreachable(reports, offer, over, UnreachableReason.CONNECTION_LOST);
        reports.add(new Report(over.multipliedBy(2), at -> new Input.Back(at, offer.host())));
        finish(reports, offer, over.multipliedBy(3), Diagnostics.SUCCEEDED);
      }
      case 4 -> {
        acknowledge(reports, offer, taken);
        unreachable(reports, offer, over, UnreachableReason.TIMED_OUT);
      }
      case 5 -> {
        acknowledge(reports, offer, taken);
        finish(reports, offer, Duration.ofHours(2), Diagnostics.SUCCEEDED);
      }
      case 6 -> reports.add(new Report(over, at -> new Input.Gone(at, offer.host())));
      case 7 -> {
        finish(reports, offer, over, Diagnostics.SUCCEEDED);
        acknowledge(reports, offer, over);
        finish(reports, offer, over, FAILED);
        finish(reports, offer, over.plusHours(1), FAILED);
      }
      case 8 -> finish(reports, offer, over, FAILED);
      default -> {
        acknowledge(reports, offer, taken);
        finish(reports, offer, over, Diagnostics.SUCCEEDED);
      }
    }
    return reports;
  }

  private static void acknowledge(List<Report> reports, Effect.Offer offer, Duration after) {
    reports.add(
        new Report(
            after, at -> new Input.Acknowledged(at, offer.host(), offer.event(), offer.attempt())));
  }

  private static void finish(
      List<Report> reports, Effect.Offer offer, Duration after, Diagnostics end) {
    reports.add(
        new Report(
            after,
            at -> new Input.Finished(at, offer.host(), offer.event(), offer.attempt(), end)));
  }

  private static void unreachable(
      List<Report> reports, Effect.Offer offer, Duration after, UnreachableReason reason) {
    reports.add(
        new Report(
            after,
            at ->
                new Input.Unreachable(
                    at, offer.host(), offer.event(), offer.attempt(), reason, "no answer")));
  }
}
