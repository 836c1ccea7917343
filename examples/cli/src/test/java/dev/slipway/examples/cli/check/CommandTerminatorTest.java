package dev.slipway.examples.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandTerminatorTest {

  private static final List<Host> HOSTS = List.of(host("web-1", "10.0.0.1"), host("b", "10.0.0.2"));

  private static Host host(String name, String address) {
    return new Host(new HostId(name), address, "", Map.of(), Map.of());
  }

  @Test
  void a_program_is_told_whom_to_end(@TempDir Path directory) {
    Path seen = directory.resolve("seen");

    new CommandTerminator("{ echo \"$TERMINATION_KEY\"; cat; } >'" + seen + "' #")
        .terminate(HOSTS, "d-1/terminate");

    assertThat(seen).hasContent("d-1/terminate\n10.0.0.1\n10.0.0.2\n");
  }

  @Test
  void a_program_that_is_away_is_told_again_and_one_that_refuses_is_not() {
    assertThatThrownBy(() -> new CommandTerminator("exit 75 #").terminate(HOSTS, ""))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new CommandTerminator("echo mine; exit 1 #").terminate(HOSTS, ""))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("mine");
  }

  @Test
  void a_line_without_a_program_is_refused() {
    assertThatThrownBy(() -> new CommandTerminator(" ")).hasMessageContaining("name one");
  }
}
