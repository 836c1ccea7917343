package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.HookRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One script while it runs: in a session and process group of its own, its output read from named
 * pipes. (A pipe of {@link Process} would not do: Java closes it when the script ends, though what
 * the script has started may still hold it.)
 */
final class ScriptProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptProcess.class);

  /** How long a process group has between TERM and KILL. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** How long the output of a script that has ended is still read, when it is to be let go of. */
  static final Duration DRAIN = Duration.ofSeconds(2);

  private final HookRun run;
  private final ScriptLog log;
  private final NamedPipes pipes;
  private final Executor readers;
  private final ElapsedTime elapsed;
  private final boolean letsGo;

  /**
   * Makes one.
   *
   * @param letsGo whether output that somebody holds after the script has ended is closed soon,
   *     instead of being waited for
   */
  ScriptProcess(
      HookRun run,
      ScriptLog log,
      NamedPipes pipes,
      Executor readers,
      ElapsedTime elapsed,
      boolean letsGo) {
    this.run = run;
    this.log = log;
    this.pipes = pipes;
    this.readers = readers;
    this.elapsed = elapsed;
    this.letsGo = letsGo;
  }

  /**
   * One output of the script, being read.
   *
   * @param held both ends of the pipe, until the script has started: whoever opens one end waits
   *     for the other, and a start that waited for a reader that could not come would stop all
   *     starts
   */
  private record Output(FileChannel held, FileChannel in, CompletableFuture<Void> ended)
      implements AutoCloseable {

    void started() throws IOException {
      held.close();
    }

    @Override
    public void close() throws IOException {
      try {
        held.close();
      } finally {
        in.close();
      }
    }
  }

  /** Runs the script to its end, and returns what is wrong, nothing when it did its work. */
  Optional<Diagnostics> run(ScriptStart start) throws IOException, InterruptedException {
    try (NamedPipes.Pair pair = pipes.take()) {
      return run(start, pair.out(), pair.err());
    }
  }

  private Optional<Diagnostics> run(ScriptStart start, Path out, Path err)
      throws IOException, InterruptedException {
    long deadline = elapsed.nanos() + nanos(run.timeout());
    List<String> command = new ArrayList<>(ProcessGroup.leader());
    command.addAll(start.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(start.directory().toFile())
            .redirectInput(Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(start.environment());
    try (Output stdout = read(out, "[stdout]");
        Output stderr = read(err, "[stderr]")) {
      Process process;
      try {
        process = Starts.of(builder);
      } catch (IOException e) {
        return Optional.of(run.notStarted("Errno::ENOENT", String.valueOf(e.getMessage()), tail()));
      }
      stdout.started();
      stderr.started();
      return watch(process, stdout, stderr, deadline);
    }
  }

  /** An AppSpec may allow a script more time than can be counted. */
  private static long nanos(Duration timeout) {
    return (timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toNanos();
  }

  private Optional<Diagnostics> watch(Process process, Output stdout, Output stderr, long deadline)
      throws IOException, InterruptedException {
    try {
      if (!process.waitFor(deadline - elapsed.nanos(), TimeUnit.NANOSECONDS)) {
        ProcessGroup.end(process, GRACE, elapsed);
        awaitQuietly(stdout, stderr);
        return Optional.of(run.timedOut(tail()));
      }
    } catch (InterruptedException e) {
      ProcessGroup.end(process, GRACE, elapsed);
      throw e;
    }
    long patience = letsGo ? Math.min(deadline, elapsed.nanos() + DRAIN.toNanos()) : deadline;
    String open = !ends(stdout, patience) ? "STDOUT" : !ends(stderr, patience) ? "STDERR" : "";
    if (!open.isEmpty() && !letsGo) {
      return Optional.of(run.outputLeftOpen(open, tail()));
    }
    if (!open.isEmpty()) {
      log.line("Script - " + run.location() + ": ended; " + open + " is still held, and is closed");
    }
    int status = process.exitValue();
    return status == 0 ? Optional.empty() : Optional.of(run.exited(status, tail()));
  }

  /** Gives the readers a moment to take what the killed script has written. */
  private void awaitQuietly(Output stdout, Output stderr) throws InterruptedException, IOException {
    long moment = elapsed.nanos() + TimeUnit.SECONDS.toNanos(1);
    if (ends(stdout, moment)) {
      ends(stderr, moment);
    }
  }

  private boolean ends(Output output, long deadline) throws IOException, InterruptedException {
    try {
      output.ended().get(Math.max(0, deadline - elapsed.nanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("cannot read the output of " + run.location(), e.getCause());
    }
  }

  private Output read(Path pipe, String mark) throws IOException {
    FileChannel held = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileChannel in = FileChannel.open(pipe, StandardOpenOption.READ);
      try {
        return new Output(held, in, CompletableFuture.runAsync(() -> drain(in, mark), readers));
      } catch (RuntimeException | Error e) {
        in.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      held.close();
      throw e;
    }
  }

  private void drain(FileChannel in, String mark) {
    try (InputStream stream = Channels.newInputStream(in)) {
      new OutputReader(log, mark).drain(stream);
    } catch (ClosedChannelException e) {
      LOG.debug("{} of {} is read no more", mark, run.location(), e);
    } catch (IOException e) {
      throw new CompletionException(new UncheckedIOException(e));
    }
  }

  private String tail() {
    return log.tail();
  }
}
