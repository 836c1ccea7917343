package dev.slipway.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.examples.cli.Console;
import dev.slipway.examples.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DemoTest {

  @Test
  void goes_as_it_must_and_says_in_numbers_why_it_stopped() {
    StringWriter out = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(out), Map.of());

    int code = new CommandLine(new DemoCommand(console)).execute();

    assertThat(out.toString())
        .containsSubsequence(
            "8 hosts, at least 4 stay healthy, at most 4 may fail",
            "web-02 Failed: ValidateService",
            "Succeeded",
            "1 of 8 hosts failed, 0 succeeded; at least 7 must stay healthy",
            "rolling back to revision",
            "What answers on web-01 to web-08 now: 1.1 1.1 1.1 1.1 1.1 1.1 1.1 1.1",
            "All went as it must");
    assertThat(code).isEqualTo(ExitCode.SUCCEEDED);
  }
}
