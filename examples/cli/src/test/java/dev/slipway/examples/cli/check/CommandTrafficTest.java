package dev.slipway.examples.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.testkit.TrafficControlContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that looks after traffic: here one that keeps a file for each host that is out. */
@Timeout(60)
class CommandTrafficTest extends TrafficControlContract {

  private static final String BALANCER =
      """
      cd "$(dirname "$0")" || exit 1
      while read -r address; do
        case $1 in
          remove) : >"out-$address" ;;
          add) rm -f "out-$address" ;;
          states) if [ -e "out-$address" ]; then echo "$address OUT_OF_SERVICE"; else echo "$address IN_SERVICE"; fi ;;
        esac
      done
      """;

  private static final TrafficOrder ORDER = new TrafficOrder("d-1/BlockTraffic", "group", 7, 2);

  @TempDir private Path directory;
  private TrafficControl control = new CommandTraffic("false");

  @BeforeEach
  void write_the_program() {
    control = new CommandTraffic("sh '" + program(BALANCER) + "'");
  }

  private Path program(String text) {
    try {
      return Files.writeString(directory.resolve("balancer.sh"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected TrafficControl control() {
    return control;
  }

  @Override
  protected List<Host> hosts() {
    return hosts(2);
  }

  private static List<Host> hosts(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new Host(new HostId("web-" + n), "10.0.0." + n, "", Map.of(), Map.of()))
        .toList();
  }

  @Override
  protected void settle() {
    // It does at once what it is told.
  }

  @Test
  void more_hosts_than_it_is_told_of_at_once_all_move() {
    List<Host> hosts = hosts(100);

    control.remove(hosts, ORDER);

    assertThat(control.states(hosts))
        .hasSize(100)
        .allSatisfy(
            (host, state) ->
                assertThat(state).isEqualTo(TrafficControl.TrafficState.OUT_OF_SERVICE));
  }

  @Test
  void a_program_that_is_away_is_asked_again_and_one_that_refuses_is_not() {
    TrafficControl away = new CommandTraffic("exit 75 #");
    TrafficControl refusing = new CommandTraffic("echo not mine; exit 3 #");

    assertThatThrownBy(() -> away.add(hosts(), ORDER)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> refusing.add(hosts(), ORDER))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("not mine");
    assertThatThrownBy(() -> refusing.states(hosts())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_program_finds_the_order_in_its_environment() {
    Path seen = directory.resolve("seen");
    TrafficControl curious = new CommandTraffic("env | grep ^TRAFFIC_ | sort >'" + seen + "' #");

    curious.remove(hosts(), ORDER);

    assertThat(seen)
        .hasContent(
            """
            TRAFFIC_EPOCH=2
            TRAFFIC_GENERATION=7
            TRAFFIC_GROUP=group
            TRAFFIC_KEY=d-1/BlockTraffic
            """);
  }

  @Test
  void a_line_without_a_program_is_refused() {
    assertThatThrownBy(() -> new CommandTraffic(" "))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("name one");
  }
}
