package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RestingDialerTest {

  private static final Host HOST =
      new Host(new HostId("web-1"), "127.0.0.1", "", Map.of(), Map.of());
  private static final RunnerRequest REQUEST =
      new RunnerRequest("", "group-1", "d-AAAAAAAA1", "appspec.yml", "", "", "");

  private final MovedClock clock = new MovedClock();
  private final ScriptedHost server = new ScriptedHost();
  private boolean answers;
  private int tries;
  private final Dialer dialer =
      RestingDialer.around(
          (host, settings, request) -> {
            tries++;
            if (!answers) {
              throw new LinkFailure(UnreachableReason.REFUSED, "nothing answers", null);
            }
            return server.link();
          },
          ConnectionPolicy.DEFAULTS.withRest(3, Duration.ofSeconds(20)),
          clock);

  private LinkFailure failure() {
    return catchThrowableOfType(LinkFailure.class, this::dial);
  }

  private RunnerLink dial() throws LinkFailure {
    return dial(Map.of());
  }

  private RunnerLink dial(Map<String, String> settings) throws LinkFailure {
    return dialer.dial(HOST, HostSettings.of(HOST, settings, HostSettingsTest.NO_CONFIG), REQUEST);
  }

  private RunnerLink dialThrough(String jump) throws LinkFailure {
    return dial(Map.of("jump", jump));
  }

  private RunnerLink dialAs(String user) throws LinkFailure {
    return dial(Map.of("user", user));
  }

  @Test
  void leaves_a_host_alone_that_failed_so_often_and_says_so() {
    for (int failed = 1; failed <= 3; failed++) {
      assertThat(failure().text()).isEqualTo("nothing answers");
    }

    LinkFailure left = failure();

    assertThat(tries).isEqualTo(3);
    assertThat(left.text())
        .isEqualTo(
            "127.0.0.1:22 could not be reached 3 times in a row, so it is left alone for 20 s.");
    assertThat(left.reason().isFinal()).isFalse();
  }

  @Test
  void takes_the_same_address_behind_another_server_for_another_host() {
    for (int failed = 1; failed <= 3; failed++) {
      failure();
      assertThatThrownBy(() -> dialThrough("edge")).hasMessage("nothing answers");
    }

    assertThat(failure().text()).startsWith("127.0.0.1:22 could not be reached 3 times");
    assertThatThrownBy(() -> dialThrough("edge"))
        .hasMessageStartingWith("127.0.0.1:22 (behind edge:22) could not be reached 3 times");
    assertThatThrownBy(() -> dialThrough("edge,inner")).hasMessage("nothing answers");
  }

  @Test
  void counts_the_failures_of_each_account_by_themselves() throws LinkFailure {
    for (int failed = 1; failed <= 3; failed++) {
      assertThatThrownBy(() -> dialAs("old")).hasMessage("nothing answers");
    }
    answers = true;

    dialAs("deploy").close();

    assertThatThrownBy(() -> dialAs("old")).hasMessageContaining("left alone");
  }

  @Test
  void tries_once_after_the_rest_and_rests_again_when_that_fails() {
    for (int failed = 1; failed <= 4; failed++) {
      failure();
    }
    clock.move(Duration.ofSeconds(21));

    assertThat(failure().text()).isEqualTo("nothing answers");
    assertThat(failure().text()).contains("left alone");
    assertThat(tries).isEqualTo(4);
  }

  @Test
  void forgets_the_failures_of_a_host_that_answers() throws LinkFailure {
    for (int failed = 1; failed <= 4; failed++) {
      failure();
    }
    clock.move(Duration.ofSeconds(21));
    answers = true;
    dial().close();
    answers = false;

    for (int failed = 1; failed <= 3; failed++) {
      assertThat(failure().text()).isEqualTo("nothing answers");
    }
  }

  @Test
  void forgets_the_failures_of_a_host_that_nobody_has_tried_for_long() {
    failure();
    failure();
    clock.move(Duration.ofMinutes(30));
    dialer.probe();
    failure();
    assertThat(failure().text()).contains("left alone");

    clock.move(Duration.ofHours(2));
    dialer.probe();

    for (int failed = 1; failed <= 3; failed++) {
      assertThat(failure().text()).isEqualTo("nothing answers");
    }
  }

  private static final class MovedClock extends Clock {
    private Instant now = Instant.EPOCH;

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
