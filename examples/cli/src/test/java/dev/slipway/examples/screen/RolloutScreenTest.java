package dev.slipway.examples.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.WaveStarted;
import dev.slipway.examples.cli.Console;
import dev.slipway.fleet.HostId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RolloutScreenTest {

  private static final HostId A = new HostId("a");
  private static final HostId B = new HostId("host-b");
  private static final HostId C = new HostId("c");
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");

  private final FleetPicture picture = new FleetPicture(List.of(A, B, C));

  @Test
  void a_row_says_how_far_a_host_is_and_the_numbers_stand_below() {
    show(
        new RolloutStarted(3, 1, 2, LATER),
        new WaveStarted(1, List.of(A, B)),
        offered(A, LifecycleEvent.APPLICATION_STOP),
        finished(A, LifecycleEvent.APPLICATION_STOP),
        offered(A, LifecycleEvent.DOWNLOAD_BUNDLE),
        new HostFinished(B, HostStatus.FAILED, "no route"));

    assertThat(picture.lines(24, 100, false))
        .containsExactly(
            "  a       #......  running      DownloadBundle",
            "  host-b  .......  failed       no route",
            "  c       .......  waiting",
            "  healthy 1 of 3, floor 1   wave 1   failed 1 of 2 allowed   succeeded 0   skipped 0");
  }

  @Test
  void a_failed_script_is_shown_by_its_last_words() {
    show(
        new WaveStarted(1, List.of(A)),
        offered(A, LifecycleEvent.VALIDATE_SERVICE),
        new HostEventFinished(
            A,
            LifecycleEvent.VALIDATE_SERVICE,
            1,
            LifecycleEventStatus.FAILED,
            new Diagnostics(
                LifecycleErrorCode.SCRIPT_FAILED,
                "check.sh",
                "exit code 1",
                "LifecycleEvent - ValidateService\n[stdout]asking\n[stderr]no answer\n\n")),
        new HostFinished(A, HostStatus.FAILED, "ValidateService: ScriptFailed"));

    assertThat(picture.lines(24, 100, false).get(0))
        .isEqualTo("  a       .......  failed       ValidateService: no answer");
  }

  @Test
  void the_end_says_why_and_skips_who_never_began() {
    show(
        new RolloutStarted(3, 2, 1, LATER),
        new WaveStarted(1, List.of(A)),
        new HostFinished(A, HostStatus.FAILED, ""),
        new RolloutAborted(ErrorCode.HEALTH_CONSTRAINTS, "too many"),
        ended(new ErrorInformation(ErrorCode.HEALTH_CONSTRAINTS, "1 of 1 failed")));

    assertThat(picture.lines(24, 100, false))
        .containsSubsequence(
            "  host-b  .......  skipped", "  Failed (HEALTH_CONSTRAINTS): 1 of 1 failed");
  }

  @Test
  void a_fleet_that_does_not_fit_shows_who_is_busy_or_broken() {
    List<HostId> many =
        IntStream.rangeClosed(1, 100).mapToObj(number -> new HostId("h" + number)).toList();
    FleetPicture large = new FleetPicture(many);
    new WaveStarted(1, List.of(many.get(98))).accept(large);
    new HostFinished(many.get(50), HostStatus.FAILED, "broken").accept(large);

    List<String> lines = large.lines(8, 100, false);

    assertThat(lines.get(0)).startsWith("  h99 ");
    assertThat(lines.get(1)).startsWith("  h51 ").endsWith("broken");
    assertThat(lines).contains("  and 95 more").hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void lines_fit_the_terminal_whatever_a_host_says() {
    show(new HostFinished(A, HostStatus.FAILED, "first\nsecond " + "x".repeat(500)));

    assertThat(picture.lines(24, 60, false))
        .allMatch(line -> line.length() < 60)
        .noneMatch(line -> line.contains("\n"))
        .anyMatch(line -> line.contains("first second"));
    assertThat(picture.lines(24, 60, true)).anyMatch(line -> line.contains("\u001b[31m"));
  }

  @Test
  void a_terminal_gets_the_picture_again_and_again_in_one_place() {
    StringWriter out = new StringWriter();
    Console terminal =
        new Console(
            new PrintWriter(out), new PrintWriter(out), Map.of("SLIPWAY_TERMINAL", "24 80"));
    RolloutScreen screen = new RolloutScreen(terminal, List.of(A, B, C));

    screen.accept(recorded(new RolloutStarted(3, 1, 2, LATER)));
    assertThat(out.toString()).contains("floor 1").doesNotContain("\u001b[4A");
    screen.accept(recorded(new WaveStarted(1, List.of(A))));
    screen.accept(recorded(ended(null)));

    assertThat(out.toString()).containsSubsequence("\u001b[4A", "\u001b[4A", "Succeeded");
    assertThat(screen.awaitEnd()).isTrue();
  }

  @Test
  void without_a_terminal_it_is_told_in_lines() {
    StringWriter out = new StringWriter();
    Console plain = new Console(new PrintWriter(out), new PrintWriter(out), Map.of());
    RolloutScreen screen = new RolloutScreen(plain, List.of(A, B, C));

    List.of(
            new RolloutStarted(3, 1, 2, LATER),
            new WaveStarted(1, List.of(A, B)),
            offered(A, LifecycleEvent.INSTALL),
            new HostFinished(B, HostStatus.FAILED, "no route"),
            ended(new ErrorInformation(ErrorCode.HEALTH_CONSTRAINTS, "too few")))
        .forEach(event -> screen.accept(recorded(event)));

    assertThat(out.toString().lines())
        .containsExactly(
            "  3 hosts, at least 1 stay healthy, at most 2 may fail",
            "  wave 1: a, host-b",
            "  host-b Failed: no route",
            "  Failed (HEALTH_CONSTRAINTS): too few");
  }

  private void show(RolloutEvent... events) {
    for (RolloutEvent event : events) {
      event.accept(picture);
    }
  }

  private static RecordedEvent recorded(RolloutEvent event) {
    return new RecordedEvent(1, LATER, event);
  }

  private static HostEventOffered offered(HostId host, LifecycleEvent event) {
    return new HostEventOffered(host, event, 1, LATER);
  }

  private static HostEventFinished finished(HostId host, LifecycleEvent event) {
    return new HostEventFinished(
        host, event, 1, LifecycleEventStatus.SUCCEEDED, Diagnostics.SUCCEEDED);
  }

  private static RolloutEnded ended(@Nullable ErrorInformation error) {
    return new RolloutEnded(
        error == null ? DeploymentStatus.SUCCEEDED : DeploymentStatus.FAILED,
        error,
        new DeploymentOverview(0, 0, 0, 1, 2));
  }
}
