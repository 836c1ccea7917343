package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.spi.alarm.AlarmSource;
import dev.slipway.spi.alarm.AlarmState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link AlarmSource} keeps to. A test of one extends this class and names an alarm that
 * is active, one that is not, and one that there is not.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
public abstract class AlarmSourceContract {

  private static final int AT_ONCE = 8;

  /** Makes one. */
  protected AlarmSourceContract() {}

  /** Returns the source, the same one throughout a test. */
  protected abstract AlarmSource source();

  /** Returns the name of an alarm that is active. */
  protected abstract String active();

  /** Returns the name of an alarm that is not. */
  protected abstract String quiet();

  /** Returns a name that no alarm has. */
  protected abstract String unknown();

  @Test
  void it_knows_how_each_alarm_stands_that_it_is_asked_about() {
    assertThat(source().read(Set.of(active(), quiet())))
        .containsEntry(active(), AlarmState.ALARM)
        .containsEntry(quiet(), AlarmState.OK);
    assertThat(source().read(Set.of(quiet()))).containsEntry(quiet(), AlarmState.OK);
  }

  @Test
  void of_an_alarm_that_there_is_not_it_says_nothing_or_fails() {
    Map<String, AlarmState> states;
    try {
      states = source().read(Set.of(unknown()));
    } catch (RuntimeException e) {
      return;
    }
    assertThat(states).doesNotContainKey(unknown());
  }

  @Test
  void it_says_the_same_to_all_who_ask_at_once() {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<Map<String, AlarmState>>> answers =
          Stream.generate(
                  () ->
                      CompletableFuture.supplyAsync(
                          () -> source().read(Set.of(active(), quiet())), threads))
              .limit(AT_ONCE)
              .toList();

      assertThat(answers)
          .allSatisfy(
              answer -> assertThat(answer.join()).containsEntry(active(), AlarmState.ALARM));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void it_comes_back_when_it_is_interrupted() throws InterruptedException {
    Thread asker =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                source().read(Set.of(quiet()));
              } catch (RuntimeException e) {
                // As good as an answer: the alarms cannot be read.
                return;
              }
            });
    asker.start();

    asker.join();

    assertThat(asker.isAlive()).isFalse();
  }
}
