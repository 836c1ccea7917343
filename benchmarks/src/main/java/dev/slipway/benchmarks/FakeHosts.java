package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * Any number of hosts that do nothing, so that what is measured is the side that controls them: an
 * SSH server at all loopback addresses whose commands answer as Slipway's runner does. Their last
 * event ends when all of them have come to it. To be run by itself; argument: how many hosts are
 * waited for. It prints its port and its key, then the end of each wait.
 */
final class FakeHosts {

  private static final String APP_SPEC =
      "version: 0.0\nos: linux\nhooks:\n  ValidateService:\n    - location: validate.sh\n";

  private FakeHosts() {}

  public static void main(String[] args) throws Exception {
    int size = Integer.parseInt(args[0]);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair key = generator.generateKeyPair();
    Meeting meeting = new Meeting(size);
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("0.0.0.0");
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
    CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, 10 * size);
    CoreModuleProperties.SOCKET_BACKLOG.set(server, 2 * size);
    server.setCommandFactory((channel, line) -> new Runner(meeting));
    server.start();
    System.out.println(server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()));
    // Whoever has looked says so; the end of the input is the end.
    for (int word = System.in.read(); word >= 0; word = System.in.read()) {
      meeting.open();
    }
    server.stop(true);
  }

  /** Starts it in a process of its own, which ends when its input is closed. */
  static Process start(int size) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xss256k",
            "-cp",
            System.getProperty("java.class.path"),
            FakeHosts.class.getName(),
            String.valueOf(size))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Where all hosts wait for each other, and then for whoever has a look, again and again. */
  private static final class Meeting {
    private final int size;
    private int come;
    private CountDownLatch gate = new CountDownLatch(1);
    private CountDownLatch full = gate;

    Meeting(int size) {
      this.size = size;
    }

    void join() throws InterruptedException {
      CountDownLatch here;
      synchronized (this) {
        here = gate;
        come++;
        if (come == size) {
          come = 0;
          full = gate;
          gate = new CountDownLatch(1);
          System.out.println("all are here");
        }
      }
      here.await();
    }

    /** Lets those go on who were all there. */
    synchronized void open() {
      full.countDown();
    }
  }

  /** Speaks the runner's protocol and does nothing. */
  private static final class Runner implements Command, Runnable {
    private final Meeting meeting;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private ExitCallback exit = (code, message, closes) -> {};

    Runner(Meeting meeting) {
      this.meeting = meeting;
    }

    @Override
    public void setInputStream(InputStream stream) {
      in = new BufferedInputStream(stream);
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      // It has nothing to complain of.
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      Thread thread = new Thread(this, "fake-host");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void destroy(ChannelSession channel) {
      // Its input ends.
    }

    @Override
    public void run() {
      try {
        say("=HELLO 1 0 head\n+ROOT 9\n/opt/root\n=HAS gzip\n=READY\n");
        for (String line = line(); !line.isEmpty(); line = line()) {
          answer(line.split(" ", -1));
          if (line.equals("RELEASE")) {
            break;
          }
        }
        exit.onExit(0);
      } catch (IOException | InterruptedException e) {
        exit.onExit(1);
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return line.toString();
    }

    private void say(String text) throws IOException {
      out.write(text.getBytes(UTF_8));
      out.flush();
    }

    private void answer(String[] words) throws IOException, InterruptedException {
      switch (words[0]) {
        case "FILE" -> in.skipNBytes(Long.parseLong(words[2]));
        case "LOOK" -> say("+STATES 0\n\n+COUNTS 0\n\n");
        case "ASK" -> say("=UNKNOWN " + words[1] + " " + words[2] + "\n");
        case "RUN" -> {
          say("=TAKEN " + words[1] + " " + words[2] + "\n");
          if (words[1].equals("DownloadBundle")) {
            say("=ARCHIVE\n+APPSPEC current " + APP_SPEC.length() + "\n" + APP_SPEC + "\n");
          } else if (words[1].equals("ValidateService")) {
            meeting.join();
          }
          say("+DONE " + words[1] + " " + words[2] + " ok 0 0 0\n\n");
        }
        default -> {
          // Nothing else is asked of them.
        }
      }
    }
  }
}
