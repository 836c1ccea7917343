package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.journal.RecordedJournal;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SettledKeysTest {

  private static final HostId HOST = new HostId("web-1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:20:00Z");

  /** The host has done DownloadBundle and runs BeforeInstall. */
  private final RolloutState state = RecordedJournal.named("0.1.0/lost-and-back").after(50);

  @Test
  void reports_of_a_run_that_is_over_are_settled() {
    assertThat(
            settled(
                new Input.Acknowledged(NOW, HOST, LifecycleEvent.DOWNLOAD_BUNDLE, 1),
                new Input.Finished(
                    NOW, HOST, LifecycleEvent.DOWNLOAD_BUNDLE, 1, Diagnostics.SUCCEEDED),
                new Input.Unreachable(
                    NOW,
                    HOST,
                    LifecycleEvent.APPLICATION_STOP,
                    1,
                    UnreachableReason.TIMED_OUT,
                    "no answer")))
        .containsExactly(
            "d-RECORDED1/web-1/DownloadBundle/1/", "d-RECORDED1/web-1/ApplicationStop/1/");
  }

  @Test
  void reports_of_a_run_that_goes_on_are_remembered() {
    assertThat(settled(new Input.Acknowledged(NOW, HOST, LifecycleEvent.BEFORE_INSTALL, 1)))
        .isEmpty();
  }

  @Test
  void what_nobody_reports_of_a_run_is_remembered() {
    assertThat(settled(new Input.Back(NOW, HOST), new Input.Gone(NOW, HOST), new Input.Tick(NOW)))
        .isEmpty();
  }

  private List<String> settled(Input... inputs) {
    return SettledKeys.of(state.definition().deployment(), state, List.of(inputs));
  }
}
