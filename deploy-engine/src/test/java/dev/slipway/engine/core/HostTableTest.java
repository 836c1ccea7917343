package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostTableTest {

  private static final Instant START = Instant.EPOCH.plusSeconds(1_000);
  private static final EventRun RUN =
      new EventRun(
          LifecycleEvent.INSTALL,
          1,
          LifecycleEventStatus.SUCCEEDED,
          START,
          START,
          Diagnostics.SUCCEEDED,
          null);

  @ParameterizedTest(name = "{0} hosts")
  @ValueSource(ints = {0, 1, 2, 31, 32, 33, 64, 1023, 1024, 1025, 33_000})
  void a_table_answers_like_a_plain_list(int size) {
    SplittableRandom random = new SplittableRandom(size);
    List<HostState> plain =
        new ArrayList<>(IntStream.range(0, size).mapToObj(HostTableTest::host).toList());
    HostTable table = HostTable.of(plain);

    for (int change = 0; change < Math.min(size * 3, 500); change++) {
      int position = random.nextInt(size);
      HostState next = changed(plain.get(position), random);
      plain.set(position, next);
      table = table.with(position, next);
      if (change % 20 == 0) {
        assertSame(table, plain, random);
      }
    }

    assertSame(table, plain, random);
    assertThat(table).isEqualTo(plain);
  }

  @Test
  void a_change_leaves_the_table_before_it_alone() {
    HostTable before = HostTable.of(IntStream.range(0, 100).mapToObj(HostTableTest::host).toList());

    HostTable after = before.with(70, before.get(70).started(START));

    assertThat(before.get(70).status()).isEqualTo(HostStatus.PENDING);
    assertThat(after.get(70).status()).isEqualTo(HostStatus.IN_PROGRESS);
    assertThat(after.get(69)).isSameAs(before.get(69));
    assertThat(before.inFlight()).isEmpty();
    assertThat(after.inFlight()).containsExactly(70);
  }

  @Test
  void a_position_outside_is_refused() {
    HostTable table = HostTable.of(List.of(host(0)));

    assertThatThrownBy(() -> table.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.with(-1, host(0))).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void assertSame(HostTable table, List<HostState> plain, SplittableRandom random) {
    int from = plain.isEmpty() ? 0 : random.nextInt(plain.size());
    int to = plain.isEmpty() ? 0 : random.nextInt(from, plain.size() + 1);
    Instant now = START.plusSeconds(random.nextInt(100));
    assertThat(table.pending(from, to, 7))
        .isEqualTo(
            IntStream.range(from, to)
                .filter(i -> plain.get(i).status() == HostStatus.PENDING)
                .limit(7)
                .boxed()
                .toList());
    assertThat(table.inFlight())
        .isEqualTo(
            IntStream.range(0, plain.size())
                .filter(i -> plain.get(i).status() == HostStatus.IN_PROGRESS)
                .boxed()
                .toList());
    assertThat(table.due(now))
        .isEqualTo(
            IntStream.range(0, plain.size())
                .filter(i -> !plain.get(i).deadline().isAfter(now))
                .boxed()
                .toList());
    assertThat(table.deadline())
        .isEqualTo(
            plain.stream().map(HostState::deadline).min(Instant::compareTo).orElse(Instant.MAX));
  }

  private static HostState changed(HostState host, SplittableRandom random) {
    return switch (host.status()) {
      case PENDING -> host.started(START);
      case IN_PROGRESS ->
          random.nextInt(3) == 0
              ? host.ran(RUN).ended(HostStatus.SUCCEEDED, START, "")
              : host.offered(
                  new RunningEvent(
                      LifecycleEvent.INSTALL,
                      1,
                      START,
                      null,
                      START.plusSeconds(random.nextInt(100))));
      case SUCCEEDED, FAILED, SKIPPED, UNREACHABLE, READY -> host;
    };
  }

  private static HostState host(int position) {
    return HostState.pending(new ScheduledHost(new HostId("host-" + position), "", 0));
  }
}
