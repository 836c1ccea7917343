package dev.slipway.transport.ssh;

import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.ParsedAppSpec;
import dev.slipway.host.plan.HostChoice;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads AppSpecs, and remembers some of them: each event of each host shows one, and all hosts of a
 * fleet nearly always show the same. Thread-safe.
 */
final class AppSpecs {

  /** The revisions before and after a few rollouts. */
  private static final int MOST = 32;

  /** What is longer is read each time, so that little is kept. */
  private static final int LONGEST = 64 * 1024;

  private static final float USUAL_LOAD = 0.75f;

  private final Map<Shown, ParsedAppSpec> known =
      new LinkedHashMap<>(MOST, USUAL_LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Shown, ParsedAppSpec> eldest) {
          return size() > MOST;
        }
      };

  /** What was read, and by whose rules. */
  private record Shown(String name, ByteBuffer content, Set<HostChoice> choices) {}

  /**
   * Reads one.
   *
   * @param name of the file, for messages
   * @param content which nobody changes
   * @param choices what its host does otherwise than by default
   * @throws AppSpecException if it is wrong
   */
  ParsedAppSpec parse(String name, byte[] content, Set<HostChoice> choices) {
    Shown shown = new Shown(name, ByteBuffer.wrap(content), Set.copyOf(choices));
    ParsedAppSpec parsed = find(shown);
    if (parsed == null) {
      parsed = HostChoice.parser(choices).parse(name, content);
      // An exception belongs to whom it was thrown at.
      if (parsed.installProblem() == null && content.length <= LONGEST) {
        keep(shown, parsed);
      }
    }
    return parsed;
  }

  private synchronized @Nullable ParsedAppSpec find(Shown shown) {
    return known.get(shown);
  }

  private synchronized void keep(Shown shown, ParsedAppSpec parsed) {
    known.put(shown, parsed);
  }
}
