package dev.slipway.host.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.host.plan.LifecycleEvents;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalEventsTest {

  @Test
  void are_all_when_none_is_asked_for() {
    assertThat(LocalEvents.toRun(List.of())).isEqualTo(LifecycleEvents.IN_ORDER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AfterInstall | DownloadBundle,Install,AfterInstall",
        "DownloadBundle,AfterInstall | DownloadBundle,Install,AfterInstall",
        "BeforeInstall,Install | DownloadBundle,BeforeInstall,Install",
        "ApplicationStop,DownloadBundle,Install | ApplicationStop,DownloadBundle,Install"
      })
  void include_the_two_commands_that_every_deployment_needs(String asked, String runs) {
    assertThat(LocalEvents.toRun(List.of(asked.split(",")))).isEqualTo(List.of(runs.split(",")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Install,DownloadBundle | DownloadBundle",
        "BeforeInstall,DownloadBundle | DownloadBundle",
        "DownloadBundle,AfterInstall,Install | Install"
      })
  void keep_their_order(String asked, String before) {
    assertThatExceptionOfType(LocalUsageException.class)
        .isThrownBy(() -> LocalEvents.check(List.of(asked.split(","))))
        .withMessageStartingWith("The only events that can be specified before " + before + " are ")
        .withMessageEndingWith("Please fix the order of your specified events: " + asked);
  }
}
