package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A runner on this machine, without SSH. Closing it is what losing a connection is. */
final class LocalLink implements RunnerLink {

  private static final int BUFFER = 64 * 1024;

  private final Process process;
  private final PipedInputStream fromRunner = new PipedInputStream(BUFFER);
  private final PipedOutputStream copy;
  private volatile Runnable listener = () -> {};
  private volatile boolean ended;
  private final AtomicBoolean heard = new AtomicBoolean(true);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger turns = new AtomicInteger();

  private LocalLink(Process process) throws IOException {
    this.process = process;
    this.copy = new PipedOutputStream(fromRunner);
    Thread copier = new Thread(this::copy, "local-link");
    copier.setDaemon(true);
    copier.start();
  }

  /**
   * Starts a runner.
   *
   * @param inside the words of a program that starts the shell, or nothing
   */
  static LocalLink start(
      List<String> inside,
      Shell shell,
      Path programs,
      RunnerRequest request,
      Map<String, String> environment) {
    List<String> command = new ArrayList<>(inside);
    command.addAll(shell.command(programs, RunnerScript.load().arguments(request)));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> variables = new TreeMap<>(environment);
    variables.putIfAbsent("PATH", shell.path(programs));
    builder.environment().clear();
    builder.environment().putAll(variables);
    try {
      return new LocalLink(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy() {
    try (copy;
        InputStream from = process.getInputStream()) {
      byte[] buffer = new byte[BUFFER];
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        heard.set(true);
        copy.write(buffer, 0, count);
        copy.flush();
        listener.run();
      }
    } catch (IOException e) {
      // The link was cut; what the runner still writes is lost, as it would be with a connection.
    }
    end();
  }

  private void end() {
    ended = true;
    listener.run();
  }

  Process process() {
    return process;
  }

  @Override
  public InputStream fromRunner() {
    return fromRunner;
  }

  @Override
  public void whenHeard(Runnable who) {
    listener = who;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public OutputStream toRunner() {
    return new FilterOutputStream(process.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
        sent.addAndGet(count);
      }

      @Override
      public void flush() throws IOException {
        if (heard.getAndSet(false)) {
          turns.incrementAndGet();
        }
        out.flush();
      }
    };
  }

  /** Returns how many bytes were sent. */
  long sent() {
    return sent.get();
  }

  /** Returns how often something was sent after something else had come. */
  int turns() {
    return turns.get();
  }

  @Override
  public String complaints() {
    try {
      InputStream errors = process.getErrorStream();
      return new String(errors.readNBytes(errors.available()), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public boolean answers() {
    return process.isAlive();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The runner has ended, which closes it too.
    }
    try {
      copy.close();
      fromRunner.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    end();
  }
}
