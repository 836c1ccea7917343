package dev.slipway.examples.cli;

import dev.slipway.host.local.Elsewhere;
import dev.slipway.host.local.LocalDeployment;
import dev.slipway.host.local.SystemLocalIds;
import dev.slipway.transport.ssh.SshElsewhere;
import dev.slipway.transport.ssh.SshOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Deploys on this machine or one that is named, with the arguments, texts and exit codes of
 * codedeploy-local.
 */
@Command(
    name = "local",
    description =
        "Deploys on this machine, or --via SSH on another, as codedeploy-local does;"
            + " see slipway local --help.")
final class LocalCommand implements Callable<Integer> {

  /** A script that is told to end is made to end after 5 s. */
  private static final Duration LONGEST_END = Duration.ofSeconds(12);

  private final Console console;

  /** All of them: they are not ours but those of codedeploy-local. */
  @Unmatched private List<String> arguments = new ArrayList<>();

  LocalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CountDownLatch done = new CountDownLatch(1);
    Thread interrupter = interrupter(Thread.currentThread(), done);
    Runtime.getRuntime().addShutdownHook(interrupter);
    try {
      return deploy();
    } finally {
      done.countDown();
      leave(interrupter);
    }
  }

  /** Who interrupts us means the script too, which runs in a session of its own. */
  private static Thread interrupter(Thread deploying, CountDownLatch done) {
    return new Thread(
        () -> {
          deploying.interrupt();
          try {
            if (!done.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
              System.err.println("slipway: a script did not end");
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "slipway-interrupter");
  }

  private static void leave(Thread interrupter) {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupter);
    } catch (IllegalStateException e) {
      // The process is ending, and the interrupter with it.
    }
  }

  private Elsewhere elsewhere() {
    Path[] config = StateOptions.standardSshConfig().toArray(Path[]::new);
    return SshElsewhere.with(
        SshOptions.DEFAULTS
            .withConfig(config)
            .withSecrets(TerminalSecrets.ofThisProcess())
            .withNewHostKeys(new NewHostKeyNotes(console.err())));
  }

  private int deploy() {
    return new LocalDeployment(
            console.out(),
            console.err(),
            console.environment(),
            Path.of("").toAbsolutePath(),
            Clock.systemUTC(),
            ZoneId.systemDefault(),
            new SystemLocalIds(),
            elsewhere())
        .run(arguments);
  }
}
