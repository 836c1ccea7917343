package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.spi.transport.UnreachableReason;
import dev.slipway.transport.ssh.ConnectionPool.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which connections are made, shared, kept and ended. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConnectionPoolTest {

  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Hop EDGE = hop("edge");

  private final List<Fake> made = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private volatile @Nullable LinkFailure failure;
  private int deaths;
  private final ConnectionPool<Fake> pool = pool(IDLE, 3);

  private static final class Fake implements ConnectionPool.Connection {
    private final Hop to;
    private final @Nullable Fake through;
    private volatile boolean alive = true;
    private volatile boolean silent;
    private volatile boolean closed;

    Fake(Hop to, @Nullable Fake through) {
      this.to = to;
      this.through = through;
    }

    @Override
    public boolean isAlive() {
      return alive && !closed;
    }

    @Override
    public boolean answers() {
      return !silent;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private ConnectionPool<Fake> pool(Duration idle, int hostsPerJump) {
    return new ConnectionPool<>(this::make, idle, hostsPerJump, nanos::get);
  }

  private Fake make(Hop hop, @Nullable Fake through) throws LinkFailure {
    LinkFailure now = failure;
    if (now != null) {
      throw now;
    }
    if (through != null && deaths > 0) {
      deaths--;
      through.alive = false;
      throw new LinkFailure(UnreachableReason.CONNECTION_LOST, "edge is lost", null);
    }
    Fake fake = new Fake(hop, through);
    made.add(fake);
    return fake;
  }

  /** Returns a server that is reached as servers usually are. */
  static Hop hop(String name) {
    return new Hop(
        "root",
        name,
        22,
        new Hop.Login(
            List.of(), List.of(), false, false, Optional.empty(), "", "", Secrets.Kind.PASSWORD),
        new Hop.Trust(List.of(), Hop.NewHostKeys.REFUSE, ""),
        Optional.empty());
  }

  private List<Fake> to(Hop hop) {
    return made.stream().filter(fake -> fake.to.equals(hop)).toList();
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
    pool.expire();
  }

  @Test
  void what_is_given_back_serves_the_next_one() throws LinkFailure {
    Lease<Fake> first = pool.take(List.of(hop("web-1")));
    first.giveBack();

    Lease<Fake> second = pool.take(List.of(hop("web-1")));

    assertThat(first.isUsedBefore()).isFalse();
    assertThat(second.isUsedBefore()).isTrue();
    assertThat(second.connection()).isSameAs(first.connection());
    assertThat(made).hasSize(1);
  }

  @Test
  void a_connection_to_a_host_belongs_to_one_at_a_time_and_to_one_way_to_log_in()
      throws LinkFailure {
    Hop host = hop("web-1");
    Hop asDeploy =
        new Hop("deploy", host.address(), 22, host.login(), host.trust(), host.connectTimeout());
    Lease<Fake> first = pool.take(List.of(host));
    Lease<Fake> second = pool.take(List.of(host));
    first.giveBack();
    second.giveBack();

    pool.take(List.of(asDeploy));

    assertThat(made).extracting(fake -> fake.to).containsExactly(host, host, asDeploy);
  }

  @Test
  void what_is_closed_or_dead_serves_nobody() throws LinkFailure {
    Lease<Fake> closed = pool.take(List.of(hop("web-1")));
    closed.close();
    closed.giveBack();
    Lease<Fake> dead = pool.take(List.of(hop("web-1")));
    dead.giveBack();
    dead.connection().alive = false;

    Lease<Fake> last = pool.take(List.of(hop("web-1")));

    assertThat(last.isUsedBefore()).isFalse();
    assertThat(made).hasSize(3);
    assertThat(dead.connection().closed).isTrue();
  }

  @Test
  void what_nobody_uses_is_ended_after_a_while() throws LinkFailure {
    Lease<Fake> lease = pool.take(List.of(hop("web-1")));
    passes(IDLE.plusSeconds(1));
    assertThat(lease.connection().closed).isFalse();
    lease.giveBack();
    passes(IDLE.minusSeconds(1));
    assertThat(lease.connection().closed).isFalse();

    passes(Duration.ofSeconds(1));

    assertThat(lease.connection().closed).isTrue();
  }

  @Test
  void who_leaves_and_does_not_give_back_is_not_waited_for_without_end() throws LinkFailure {
    Lease<Fake> lease = pool.take(List.of(EDGE, hop("web-1")));
    lease.leave();
    assertThat(pool.take(List.of(EDGE, hop("web-1"))).isUsedBefore()).isFalse();
    passes(IDLE.minusSeconds(1));
    assertThat(lease.connection().closed).isFalse();

    passes(Duration.ofSeconds(1));
    lease.giveBack();

    assertThat(lease.connection().closed).isTrue();
    assertThat(pool.kept()).isZero();
  }

  @Test
  void what_is_too_old_is_not_taken_even_if_nobody_has_ended_it_yet() throws LinkFailure {
    Lease<Fake> lease = pool.take(List.of(hop("web-1")));
    lease.giveBack();
    nanos.addAndGet(IDLE.toNanos());

    assertThat(pool.take(List.of(hop("web-1"))).isUsedBefore()).isFalse();
    assertThat(lease.connection().closed).isTrue();
  }

  @Test
  void what_gives_no_sign_of_life_twice_is_ended() throws LinkFailure {
    Lease<Fake> lease = pool.take(List.of(hop("web-1")));
    lease.giveBack();
    lease.connection().silent = true;
    pool.probe();
    assertThat(lease.connection().closed).isFalse();

    pool.probe();

    assertThat(lease.connection().closed).isTrue();
  }

  @Test
  void nothing_is_kept_when_that_is_not_wanted() throws LinkFailure {
    ConnectionPool<Fake> none = pool(Duration.ZERO, 3);

    none.take(List.of(EDGE, hop("web-1"))).giveBack();

    assertThat(made).hasSize(2).allSatisfy(fake -> assertThat(fake.closed).isTrue());
  }

  @Test
  void hosts_share_a_connection_to_the_server_before_them_up_to_a_number() throws LinkFailure {
    for (int host = 1; host <= 7; host++) {
      pool.take(List.of(EDGE, hop("web-" + host)));
    }

    assertThat(to(EDGE)).hasSize(3);
    assertThat(to(hop("web-3")).get(0).through).isSameAs(to(EDGE).get(0));
    assertThat(to(hop("web-4")).get(0).through).isSameAs(to(EDGE).get(1));
  }

  @Test
  void who_leaves_makes_room_and_the_last_one_ends_the_way_after_a_while() throws LinkFailure {
    List<Lease<Fake>> leases = new ArrayList<>();
    for (int host = 1; host <= 3; host++) {
      leases.add(pool.take(List.of(EDGE, hop("web-" + host))));
    }
    leases.get(0).close();
    leases.add(pool.take(List.of(EDGE, hop("web-4"))));
    assertThat(to(EDGE)).hasSize(1);
    leases.forEach(Lease::close);
    assertThat(to(EDGE).get(0).closed).isFalse();

    passes(IDLE);

    assertThat(to(EDGE).get(0).closed).isTrue();
  }

  @Test
  void a_host_that_is_kept_keeps_the_way_to_it() throws LinkFailure {
    pool.take(List.of(EDGE, hop("web-1"))).giveBack();
    nanos.addAndGet(IDLE.minusSeconds(1).toNanos());
    pool.take(List.of(EDGE, hop("web-1"))).giveBack();

    passes(Duration.ofSeconds(30));

    assertThat(made).hasSize(2).noneMatch(fake -> fake.closed);
  }

  @Test
  void a_server_on_the_way_that_was_lost_is_reached_anew() throws LinkFailure {
    Lease<Fake> first = pool.take(List.of(EDGE, hop("web-1")));
    to(EDGE).get(0).alive = false;
    first.connection().alive = false;

    Lease<Fake> second = pool.take(List.of(EDGE, hop("web-1")));
    first.close();

    assertThat(to(EDGE)).hasSize(2);
    assertThat(second.connection().through).isSameAs(to(EDGE).get(1));
    assertThat(to(EDGE).get(0).closed).isTrue();
  }

  @Test
  void a_way_that_proves_dead_is_made_anew_once() throws LinkFailure {
    pool.take(List.of(EDGE, hop("web-1"))).giveBack();
    deaths = 1;

    Lease<Fake> lease = pool.take(List.of(EDGE, hop("web-2")));

    assertThat(to(EDGE)).hasSize(2);
    assertThat(lease.connection().through).isSameAs(to(EDGE).get(1));

    deaths = 2;
    assertThatThrownBy(() -> pool.take(List.of(EDGE, hop("web-3"))))
        .isInstanceOfSatisfying(
            LinkFailure.class, lost -> assertThat(lost.text()).isEqualTo("edge is lost"));
    assertThat(to(EDGE)).hasSize(3);
  }

  @Test
  void who_uses_a_way_that_is_in_doubt_keeps_it_and_nobody_else_gets_it() throws LinkFailure {
    pool.take(List.of(EDGE, hop("web-1")));
    to(EDGE).get(0).alive = false;

    pool.take(List.of(EDGE, hop("web-2")));
    passes(IDLE);
    assertThat(to(EDGE)).hasSize(2).noneMatch(fake -> fake.closed);
    to(EDGE).get(0).alive = true;
    for (int host = 3; host <= 6; host++) {
      pool.take(List.of(EDGE, hop("web-" + host)));
    }

    assertThat(to(EDGE)).hasSize(2);
  }

  @Test
  void many_who_come_at_once_wait_for_one_connection_and_share_its_failure() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch refuse = new CountDownLatch(1);
    List<Hop> asked = new CopyOnWriteArrayList<>();
    ConnectionPool<Fake> slow =
        new ConnectionPool<>(
            (hop, through) -> {
              asked.add(hop);
              begun.countDown();
              try {
                refuse.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              throw new LinkFailure(UnreachableReason.REFUSED, "edge is closed", null);
            },
            IDLE,
            3,
            nanos::get);
    CompletableFuture<Void> first = CompletableFuture.runAsync(() -> refused(slow, "web-1"));
    begun.await();
    Thread second = new Thread(() -> refused(slow, "web-2"));
    second.start();
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    refuse.countDown();

    first.join();
    second.join();
    assertThat(asked).containsExactly(EDGE);
  }

  private static void refused(ConnectionPool<Fake> slow, String host) {
    assertThatThrownBy(() -> slow.take(List.of(EDGE, hop(host))))
        .isInstanceOfSatisfying(
            LinkFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(UnreachableReason.REFUSED);
              assertThat(failure.text()).isEqualTo("edge is closed");
            });
  }

  @Test
  void a_host_that_cannot_be_reached_leaves_the_way_to_others() throws LinkFailure {
    pool.take(List.of(EDGE, hop("web-1"))).close();
    failure = new LinkFailure(UnreachableReason.TIMED_OUT, "web-2 is silent", null);
    assertThatThrownBy(() -> pool.take(List.of(EDGE, hop("web-2"))))
        .isInstanceOf(LinkFailure.class);
    failure = null;

    pool.take(List.of(EDGE, hop("web-3")));

    assertThat(to(EDGE)).hasSize(1);
  }

  @Test
  void a_pool_that_is_closed_ends_what_is_left_and_keeps_nothing_more() throws LinkFailure {
    Lease<Fake> kept = pool.take(List.of(EDGE, hop("web-1")));
    Lease<Fake> taken = pool.take(List.of(EDGE, hop("web-2")));
    kept.giveBack();

    pool.close();
    assertThat(kept.connection().closed).isTrue();
    assertThat(taken.connection().closed).isFalse();
    taken.giveBack();

    assertThat(made).allSatisfy(fake -> assertThat(fake.closed).isTrue());
  }
}
