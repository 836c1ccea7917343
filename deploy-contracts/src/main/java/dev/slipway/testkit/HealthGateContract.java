package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.Host;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.gate.HealthGate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link HealthGate} keeps to that is asked about single hosts. A test of one extends
 * this class and provides a host that is well and one that is not.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
public abstract class HealthGateContract {

  private static final int AT_ONCE = 32;

  /** Makes one. */
  protected HealthGateContract() {}

  /** Returns the gate, the same one throughout a test. */
  protected abstract HealthGate gate();

  /** Returns a host that is well. */
  protected abstract Host well();

  /** Returns a host that is not, and of which that can be told. */
  protected abstract Host unwell();

  @Test
  void it_passes_a_host_that_is_well() {
    assertThat(ask(well()).kind()).isEqualTo(GateAnswer.Kind.PASSED);
  }

  @Test
  void it_does_not_pass_a_host_that_is_not_and_says_why() {
    GateAnswer answer = ask(unwell());

    assertThat(answer.kind()).isNotEqualTo(GateAnswer.Kind.PASSED);
    assertThat(answer.why()).isNotBlank();
  }

  @Test
  void asking_again_changes_nothing() {
    GateAnswer first = ask(unwell());

    assertThat(ask(well()).kind()).isEqualTo(GateAnswer.Kind.PASSED);
    assertThat(ask(unwell())).isEqualTo(first);
    assertThat(ask(well()).kind()).isEqualTo(GateAnswer.Kind.PASSED);
  }

  @Test
  void it_keeps_hosts_apart_that_it_is_asked_about_at_once() {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<Boolean>> answers =
          IntStream.range(0, 2 * AT_ONCE)
              .mapToObj(
                  number -> CompletableFuture.supplyAsync(() -> passes(number % 2 == 0), threads))
              .toList();

      for (int number = 0; number < answers.size(); number++) {
        assertThat(answers.get(number).join()).isEqualTo(number % 2 == 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean passes(boolean isWell) {
    return ask(isWell ? well() : unwell()).kind() == GateAnswer.Kind.PASSED;
  }

  @Test
  void it_comes_back_when_it_is_interrupted() throws InterruptedException {
    Thread asker =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                ask(well());
              } catch (RuntimeException e) {
                // As good as an answer: it counts as one that cannot be given yet.
                return;
              }
            });
    asker.start();

    asker.join();

    assertThat(asker.isAlive()).isFalse();
  }

  private GateAnswer ask(Host host) {
    return gate()
        .check(
            new GateQuestion(
                new DeploymentId("d-ABCDEFGHI"),
                "web",
                "prod",
                new RevisionId("a".repeat(64)),
                host,
                List.of()));
  }
}
