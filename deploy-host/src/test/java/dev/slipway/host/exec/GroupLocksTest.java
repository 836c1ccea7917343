package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.host.plan.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class GroupLocksTest {

  @TempDir Path scratch;

  @Test
  void a_root_that_is_spelled_in_two_ways_is_one_lock() throws Exception {
    Path root = Files.createDirectory(scratch.resolve("root"));
    Path link = Files.createSymbolicLink(scratch.resolve("link"), root);
    GroupLocks straight = new GroupLocks(new Layout(root.toString()));
    GroupLocks linked = new GroupLocks(new Layout(link.toString()));

    waitForEachOther(straight, "g", linked, "g");
  }

  @Test
  void a_root_that_one_of_two_has_to_make_is_one_lock() throws Exception {
    Path link = Files.createSymbolicLink(scratch.resolve("link"), scratch);
    GroupLocks straight = new GroupLocks(new Layout(scratch.resolve("new/root").toString()));
    GroupLocks linked = new GroupLocks(new Layout(link.resolve("new/root").toString()));

    waitForEachOther(linked, "g", straight, "g");
  }

  @Test
  void groups_do_not_wait_for_each_other() throws Exception {
    GroupLocks locks = new GroupLocks(new Layout(scratch.toString()));

    try (GroupLocks.Held one = locks.hold("one");
        GroupLocks.Held other = locks.hold("other")) {
      assertThat(one.toString()).isNotEqualTo(other.toString());
    }
  }

  private static void waitForEachOther(
      GroupLocks first, String group, GroupLocks second, String sameGroup) throws Exception {
    CountDownLatch asks = new CountDownLatch(1);
    FutureTask<String> waiting =
        new FutureTask<>(
            () -> {
              asks.countDown();
              try (GroupLocks.Held held = second.hold(sameGroup)) {
                return held.toString();
              }
            });
    Thread waiter = new Thread(waiting);
    String name;
    try (GroupLocks.Held held = first.hold(group)) {
      name = held.toString();
      waiter.start();
      asks.await();
      while (waiter.getState() != Thread.State.WAITING) {
        // Whoever has the turn already has ended, and never waits.
        assertThat(waiting.isDone()).isFalse();
        Thread.onSpinWait();
      }
    }
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(name);
  }
}
