package dev.slipway.engine.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallPolicyTest {

  @Test
  void numbers_that_make_no_sense_are_refused_with_the_value() {
    assertThatThrownBy(() -> CallPolicy.STORE.withAttempts(0))
        .hasMessage("attempts must be at least 1, but was 0");
    assertThatThrownBy(
            () -> CallPolicy.STORE.withPauses(Duration.ofSeconds(2), Duration.ofSeconds(1), 0))
        .hasMessage("longestPause must be at least firstPause (PT2S), but was PT1S");
    assertThatThrownBy(
            () -> CallPolicy.STORE.withPauses(Duration.ofSeconds(1), Duration.ofSeconds(1), 1))
        .hasMessage("jitter must be 0 to under 1, but was 1.0");
    assertThatThrownBy(() -> CallPolicy.STORE.withTimeLimit(Duration.ZERO))
        .hasMessage("timeLimit must be at least 1 ms, but was PT0S");
    assertThatThrownBy(() -> CallPolicy.STORE.withCallsPerSecond(-1))
        .hasMessageContaining("were 20 and -1");
  }
}
