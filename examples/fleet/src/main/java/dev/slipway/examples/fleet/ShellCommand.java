package dev.slipway.examples.fleet;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * A command line that runs under {@code /bin/sh}, as under OpenSSH's server without a terminal: a
 * lost connection closes its streams and does not end it.
 */
final class ShellCommand implements Command {

  private static final int BUFFER = 32 * 1024;

  private final String line;
  private final FleetHost host;
  private final Executor executor;
  private final Set<Process> running;

  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private @Nullable OutputStream err;
  private @Nullable ExitCallback callback;
  private @Nullable Process process;

  ShellCommand(String line, FleetHost host, Executor executor, Set<Process> running) {
    this.line = line;
    this.host = host;
    this.executor = executor;
    this.running = running;
  }

  @Override
  public void setInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    this.err = err;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    this.callback = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line);
    builder.directory(host.home().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment.getEnv());
    builder.environment().put("HOME", host.home().toString());
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("PATH", path());
    Process shell = builder.start();
    process = shell;
    running.add(shell);
    InputStream input = given(in);
    OutputStream output = given(out);
    OutputStream errors = given(err);
    ExitCallback exit = given(callback);
    executor.execute(() -> copy(input, shell.getOutputStream()));
    executor.execute(
        () -> {
          CompletableFuture<Void> rest =
              CompletableFuture.runAsync(() -> copy(shell.getErrorStream(), errors), executor);
          copy(shell.getInputStream(), output);
          rest.join();
          int status = shell.onExit().join().exitValue();
          running.remove(shell);
          exit.onExit(status);
        });
  }

  @Override
  public void destroy(ChannelSession channel) throws IOException {
    Process shell = process;
    if (shell != null) {
      shell.getOutputStream().close();
    }
  }

  /** Copies until one side ends: a broken pipe is an end like another. */
  private static void copy(InputStream from, OutputStream to) {
    try (from;
        to) {
      byte[] buffer = new byte[BUFFER];
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException ended) {
      // The other side went away; both are closed now, which is what it will see.
    }
  }

  /** The JDK that runs this fleet serves hosts that have nothing else to serve HTTP with. */
  private static String path() {
    String java = System.getProperty("java.home") + File.separator + "bin";
    String path = System.getenv("PATH");
    return (path == null ? "/usr/local/bin:/usr/bin:/bin" : path) + File.pathSeparator + java;
  }

  private static <T> T given(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the SSH server has not set all streams");
    }
    return part;
  }
}
