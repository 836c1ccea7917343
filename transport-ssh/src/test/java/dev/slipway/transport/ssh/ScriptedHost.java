package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host in memory that speaks the runner's protocol, and whose events end when a test says so.
 * Links to it need no threads. Thread-safe.
 */
final class ScriptedHost {

  private static final String APP_SPEC =
      "version: 0.0\nos: linux\nhooks:\n  ValidateService:\n    - location: validate.sh\n";

  private final Set<String> known = new HashSet<>();
  private final List<String> commands = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private String appSpec = APP_SPEC;
  private boolean endsAtRelease;
  private boolean beginsNothing;
  private boolean silent;
  private boolean frozen;
  private int left;
  private @Nullable String trouble;

  /** Has an event that somebody started before. */
  synchronized ScriptedHost knowing(String event, int attempt) {
    known.add(event + " " + attempt);
    return this;
  }

  /** Has this AppSpec in its revision. */
  synchronized ScriptedHost withAppSpec(String text) {
    appSpec = text;
    return this;
  }

  /** Has runners that are gone as soon as they are released. */
  synchronized ScriptedHost endingAtRelease() {
    endsAtRelease = true;
    return this;
  }

  /** Begins nothing that it is told to. */
  synchronized ScriptedHost beginningNothing() {
    beginsNothing = true;
    return this;
  }

  /** Has runners that greet, and answer nothing. */
  synchronized ScriptedHost answeringNothing() {
    silent = true;
    return this;
  }

  /** Has runners that take nothing any more once they are told to run something. */
  synchronized ScriptedHost freezing() {
    frozen = true;
    return this;
  }

  synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  private synchronized void awaitThaw() {
    try {
      while (frozen) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many links were left to end by themselves. */
  synchronized int left() {
    return left;
  }

  private synchronized void leave() {
    left++;
  }

  private synchronized boolean endsWith(String command) {
    return endsAtRelease && command.equals("RELEASE");
  }

  /** Takes no bundle: says why, and goes while it is still sent. */
  synchronized ScriptedHost takingNoBundle(String trouble) {
    this.trouble = trouble;
    return this;
  }

  synchronized RunnerLink link() {
    Link link = new Link();
    links.add(link);
    link.say("=HELLO 1 0 head\n+USER 4\nroot\n+ROOT 5\n/root\n=HAS gzip\n=ARCHIVE\n");
    link.say("+APPSPEC current " + appSpec.getBytes(UTF_8).length + "\n" + appSpec + "\n=READY\n");
    return link;
  }

  /** Returns the commands that came and were answered. */
  synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  /** Says something over the last link. */
  void say(String text) {
    last().say(text);
  }

  /** Breaks the last link. */
  void breakLink() {
    last().close();
  }

  private synchronized Link last() {
    return links.get(links.size() - 1);
  }

  private synchronized void note(String command) {
    commands.add(command);
  }

  private synchronized String answer(String command) {
    if (silent) {
      return "";
    }
    String[] words = command.split(" ", -1);
    String key = words.length > 2 ? words[1] + " " + words[2] : "";
    return switch (words[0]) {
      case "ASK" -> (known.contains(key) ? "=KNOWN " : "=UNKNOWN ") + key + "\n";
      case "BAR" -> (known.contains(key) ? "=KNOWN " : "=BARRED ") + key + "\n";
      case "RUN" -> beginsNothing ? "" : (known.add(key) ? "=TAKEN " : "=KNOWN ") + key + "\n";
      default -> "";
    };
  }

  /** One connection. */
  private final class Link implements RunnerLink {

    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private int heard;
    private long payload;
    private boolean ended;
    private Runnable listener = () -> {};

    void say(String text) {
      Runnable who;
      synchronized (this) {
        said.writeBytes(text.getBytes(UTF_8));
        who = listener;
        notifyAll();
      }
      who.run();
    }

    private synchronized String take(int next) {
      if (payload > 0) {
        payload--;
        return "";
      }
      if (next != '\n') {
        command.write(next);
        return "";
      }
      String line = command.toString(UTF_8);
      command.reset();
      if (line.startsWith("FILE")) {
        payload = Long.parseLong(line.split(" ", -1)[2]);
      }
      return line;
    }

    @Override
    public InputStream fromRunner() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          synchronized (Link.this) {
            while (heard == said.size()) {
              if (ended) {
                return -1;
              }
              try {
                Link.this.wait();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            }
            heard++;
            return said.toByteArray()[heard - 1] & 0xFF;
          }
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          bytes[from] = (byte) read();
          return available() == 0 && hasEnded() && bytes[from] == -1 ? -1 : 1;
        }

        @Override
        public int available() {
          synchronized (Link.this) {
            return said.size() - heard;
          }
        }
      };
    }

    @Override
    public OutputStream toRunner() {
      return new OutputStream() {
        @Override
        public void write(int next) throws IOException {
          String line = take(next);
          if (line.startsWith("FILE bundle.tar") && trouble != null) {
            say("+TROUBLE " + trouble.length() + "\n" + trouble + "\n");
            Link.this.close();
            throw new IOException("Stream closed");
          }
          if (!line.isEmpty()) {
            say(answer(line));
            note(line);
          }
          if (line.startsWith("RUN")) {
            awaitThaw();
          }
          if (endsWith(line)) {
            end();
          }
        }
      };
    }

    @Override
    public synchronized void whenHeard(Runnable who) {
      listener = who;
    }

    @Override
    public synchronized boolean hasEnded() {
      return ended;
    }

    @Override
    public String complaints() {
      return "";
    }

    @Override
    public boolean answers() {
      return true;
    }

    @Override
    public void leave() {
      ScriptedHost.this.leave();
    }

    @Override
    public void close() {
      end();
    }

    private void end() {
      Runnable who;
      synchronized (this) {
        ended = true;
        who = listener;
        notifyAll();
      }
      who.run();
    }
  }
}
