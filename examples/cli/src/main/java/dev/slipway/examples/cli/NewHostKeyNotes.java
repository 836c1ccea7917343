package dev.slipway.examples.cli;

import dev.slipway.transport.ssh.NewHostKey;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Says which keys of hosts are trusted from now on. Each is said once, also where a file keeps
 * nothing, such as {@code /dev/null}. Thread-safe.
 */
final class NewHostKeyNotes implements Consumer<NewHostKey> {

  private final PrintWriter err;
  private final Set<NewHostKey> said = ConcurrentHashMap.newKeySet();

  NewHostKeyNotes(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void accept(NewHostKey key) {
    if (said.add(key)) {
      err.println(
          "slipway: %s is new: its key %s %s is trusted from now on, and written to %s"
              .formatted(key.host(), key.type(), key.fingerprint(), key.file()));
      err.flush();
    }
  }
}
