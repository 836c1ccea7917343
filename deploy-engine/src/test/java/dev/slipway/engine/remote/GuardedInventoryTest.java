package dev.slipway.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostSelector;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.telemetry.CallOutcome;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.testkit.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class GuardedInventoryTest {

  private static final CallPolicy QUICK =
      CallPolicy.INVENTORY
          .withPauses(Duration.ofMillis(1), Duration.ofMillis(2), 0.5)
          .withRest(0, Duration.ofHours(1));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> heard = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void an_inventory_that_fails_is_asked_again() {
    Inventory guarded = guarded(QUICK, failing(2));

    assertThat(guarded.snapshot(HostSelector.none())).hasSize(1);
    assertThat(heard)
        .containsExactly(
            "retried inventory.snapshot",
            "retried inventory.snapshot",
            "inventory.snapshot ANSWERED");
  }

  @Test
  void an_inventory_that_goes_on_failing_is_asked_as_often_as_allowed() {
    Inventory guarded = guarded(QUICK.withAttempts(4), failing(9));

    assertThatThrownBy(() -> guarded.snapshot(HostSelector.none())).hasMessage("no route");
    assertThat(asked).hasValue(4);
    assertThat(heard).endsWith("inventory.snapshot FAILED");
  }

  @Test
  void what_an_inventory_says_of_its_own_accord_is_its_answer() {
    Inventory guarded =
        guarded(
            QUICK,
            selector -> {
              asked.incrementAndGet();
              throw new RequestException("hosts.yml:3: no name");
            });

    assertThatThrownBy(() -> guarded.snapshot(HostSelector.none()))
        .hasMessage("hosts.yml:3: no name");
    assertThat(asked).hasValue(1);
  }

  @Test
  void an_inventory_that_does_not_answer_is_not_waited_for() {
    CountDownLatch never = new CountDownLatch(1);
    Inventory guarded =
        guarded(
            QUICK.withAttempts(2).withTimeLimit(Duration.ofMillis(5)),
            selector -> {
              asked.incrementAndGet();
              await(never);
              return List.of();
            });

    assertThatThrownBy(() -> guarded.snapshot(HostSelector.none()))
        .isInstanceOf(RequestException.class)
        .hasMessage("the inventory did not answer within PT0.005S");
  }

  @Test
  void an_inventory_that_failed_too_often_is_left_alone() {
    Inventory guarded = guarded(QUICK.withAttempts(1).withRest(2, Duration.ofHours(1)), failing(9));
    assertThatThrownBy(() -> guarded.snapshot(HostSelector.none())).hasMessage("no route");
    assertThatThrownBy(() -> guarded.snapshot(HostSelector.none())).hasMessage("no route");

    assertThatThrownBy(() -> guarded.snapshot(HostSelector.none()))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("left alone for PT1H, because it failed 2 times in a row");
    assertThat(asked).hasValue(2);
    assertThat(heard).endsWith("inventory.snapshot NOT_MADE");
  }

  @Test
  void calls_are_made_in_turn_when_a_rate_is_given() {
    Inventory guarded = guarded(QUICK.withCallsPerSecond(1_000), failing(0));

    for (int i = 0; i < 10; i++) {
      assertThat(guarded.snapshot(HostSelector.none())).hasSize(1);
    }
  }

  private Inventory failing(int times) {
    return selector -> {
      if (asked.incrementAndGet() <= times) {
        throw new IllegalStateException("no route");
      }
      return List.of(Host.named("web-1"));
    };
  }

  private Inventory guarded(CallPolicy policy, Inventory inventory) {
    Telemetry telemetry =
        new Telemetry() {
          @Override
          public void called(String call, CallOutcome outcome, Duration took) {
            heard.add(call + " " + outcome);
          }

          @Override
          public void retried(String call) {
            heard.add("retried " + call);
          }
        };
    return new GuardedInventory(inventory, policy, new VirtualTimers(), threads, telemetry);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
