package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.NEW;
import static dev.slipway.engine.core.Rollouts.OLD;
import static dev.slipway.engine.core.Rollouts.definition;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.revision.RevisionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a group between deployments, and the order that follows from it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GroupBookTest {

  private static final HostBook CURRENT = new HostBook(host('a'), OLD, false, true);
  private static final HostBook OUTDATED =
      new HostBook(host('a'), new RevisionId("2".repeat(64)), false, true);
  private static final HostBook DOUBTFUL = new HostBook(host('a'), OLD, true, true);
  private static final HostBook NEVER = HostBook.unknown(host('a'));

  @Test
  void a_host_has_its_rank_by_health_and_then_by_revision() {
    assertThat(NEVER.rank(OLD)).isZero();
    assertThat(new HostBook(host('a'), OLD, false, false).rank(OLD)).isZero();
    assertThat(DOUBTFUL.rank(OLD)).isEqualTo(1);
    assertThat(OUTDATED.rank(OLD)).isEqualTo(2);
    assertThat(CURRENT.rank(OLD)).isEqualTo(3);
    assertThat(CURRENT.rank(null)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"SUCCEEDED", "FAILED", "UNREACHABLE"})
  void after_a_deployment_that_succeeded(HostStatus status) {
    if (status == HostStatus.SUCCEEDED) {
      for (HostBook before : List.of(NEVER, DOUBTFUL, OUTDATED, CURRENT)) {
        assertThat(before.afterSuccess(status, NEW, OLD))
            .isEqualTo(new HostBook(host('a'), NEW, false, true));
      }
      return;
    }
    assertThat(CURRENT.afterSuccess(status, NEW, OLD))
        .isEqualTo(new HostBook(host('a'), OLD, true, false));
    assertThat(OUTDATED.afterSuccess(status, NEW, OLD))
        .isEqualTo(new HostBook(host('a'), OUTDATED.installed(), false, false));
    assertThat(NEVER.afterSuccess(status, NEW, OLD)).isEqualTo(NEVER);
  }

  @Test
  void after_a_deployment_that_failed_or_was_stopped() {
    assertThat(CURRENT.afterFailure(HostStatus.SUCCEEDED, NEW))
        .isEqualTo(new HostBook(host('a'), NEW, false, true));
    assertThat(CURRENT.afterFailure(HostStatus.FAILED, NEW))
        .isEqualTo(new HostBook(host('a'), OLD, true, false));
    assertThat(CURRENT.afterFailure(HostStatus.UNREACHABLE, NEW))
        .isEqualTo(new HostBook(host('a'), OLD, true, false));
    assertThat(CURRENT.afterFailure(HostStatus.SKIPPED, NEW)).isEqualTo(CURRENT);
    assertThat(NEVER.afterFailure(HostStatus.SKIPPED, NEW)).isEqualTo(NEVER);
  }

  @Test
  void the_target_revision_changes_with_success_only() {
    GroupBook failed =
        GroupBook.EMPTY.after(
            Rollouts.begun(2, 1).fails("a").state(), OLD, FileExistsBehavior.DISALLOW);
    GroupBook succeeded =
        GroupBook.EMPTY.after(
            Rollouts.begun(2, 1).succeeds("ab").state(), OLD, FileExistsBehavior.DISALLOW);

    assertThat(failed.targetRevision()).isNull();
    assertThat(succeeded.targetRevision()).isEqualTo(OLD);
    assertThat(failed.hosts())
        .containsExactly(new HostBook(host('a'), null, true, false), HostBook.unknown(host('b')));
    assertThat(succeeded.ranks(List.of(host('a'), host('z'))))
        .isEqualTo(Map.of(host('a'), 3, host('z'), 0));
  }

  @Test
  void entering_a_rollout_again_changes_nothing() {
    RolloutState ended = Rollouts.begun(3, 1).succeeds("ab").fails("c").state();
    GroupBook before =
        new GroupBook(
            null,
            OLD,
            List.of(
                CURRENT,
                new HostBook(host('b'), NEW, false, true),
                new HostBook(host('c'), NEW, false, true)));

    GroupBook once = before.after(ended, NEW, FileExistsBehavior.RETAIN);

    assertThat(once.targetRevision()).isEqualTo(NEW);
    assertThat(once.after(ended, NEW, FileExistsBehavior.RETAIN)).isEqualTo(once);
  }

  @Test
  void hosts_are_scheduled_by_rank_and_then_spread_anew_for_each_deployment() {
    List<Host> fleet = fleet(200);
    GroupBook book =
        new GroupBook(null, OLD, List.of(new HostBook(fleet.get(7).id(), OLD, false, true)));

    List<HostId> one = order(fleet, book, HostOrder.SPREAD, "d-AAAAAAAAA");
    List<HostId> again = order(shuffled(fleet), book, HostOrder.SPREAD, "d-AAAAAAAAA");
    List<HostId> other = order(fleet, book, HostOrder.SPREAD, "d-AAAAAAAAB");

    assertThat(one).last().isEqualTo(fleet.get(7).id());
    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one).containsExactlyInAnyOrderElementsOf(one);
  }

  @Test
  void an_explicit_order_comes_before_ranks() {
    List<Host> fleet = fleet(5);
    HostId current = fleet.get(3).id();
    GroupBook book = new GroupBook(null, OLD, List.of(new HostBook(current, OLD, false, true)));

    assertThat(
            order(
                fleet,
                book,
                HostOrder.explicit(List.of(current, fleet.get(1).id())),
                "d-AAAAAAAAA"))
        .startsWith(current, fleet.get(1).id(), fleet.get(0).id());
    assertThat(order(shuffled(fleet), book, HostOrder.BY_NAME, "d-AAAAAAAAA"))
        .startsWith(fleet.get(0).id(), fleet.get(1).id())
        .endsWith(current);
  }

  @Test
  void zones_come_one_after_the_other_and_unknown_ones_last() {
    List<Host> fleet = List.of(in("h1", ""), in("h2", "b"), in("h3", "a"), in("h4", "b"));
    DeploymentConfig zonal =
        new DeploymentConfig(
            "zonal", MinimumHealthyHosts.percent(0), ZonalConfig.of(null, null, null));

    assertThat(HostOrdering.schedule(fleet, GroupBook.EMPTY, HostOrder.BY_NAME, zonal, Rollouts.ID))
        .extracting(host -> host.id().value())
        .containsExactly("h3", "h2", "h4", "h1");
    assertThat(
            ZoneSlice.of(
                definition(
                    HostOrdering.schedule(
                        fleet, GroupBook.EMPTY, HostOrder.BY_NAME, zonal, Rollouts.ID),
                    zonal)))
        .containsExactly(
            new ZoneSlice("a", 0, 1, 0), new ZoneSlice("b", 1, 3, 0), new ZoneSlice("", 3, 4, 0));
  }

  private static List<HostId> order(
      List<Host> fleet, GroupBook book, HostOrder order, String deployment) {
    return HostOrdering.schedule(
            fleet, book, order, DeploymentConfigs.ONE_AT_A_TIME, new DeploymentId(deployment))
        .stream()
        .map(ScheduledHost::id)
        .toList();
  }

  private static List<Host> fleet(int size) {
    return IntStream.range(0, size).mapToObj(i -> in("host-%03d".formatted(i), "")).toList();
  }

  private static Host in(String name, String zone) {
    return new Host(new HostId(name), name, zone, Map.of(), Map.of());
  }

  private static List<Host> shuffled(List<Host> fleet) {
    List<Host> copy = new ArrayList<>(fleet);
    Collections.shuffle(copy, new Random(1));
    return copy;
  }
}
