package dev.slipway.examples.cli;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.rollout.HostOutput;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints what scripts print: each line after its host and event, or one line of JSON for each
 * piece.
 *
 * @param deployment whose scripts
 * @param out where to
 * @param host of which host, or null for all
 * @param json whether in JSON
 */
record OutputLines(DeploymentId deployment, PrintWriter out, @Nullable String host, boolean json)
    implements Consumer<HostOutput> {

  @Override
  public void accept(HostOutput piece) {
    if (host != null && !host.equals(piece.host().value())) {
      return;
    }
    if (json) {
      out.println(
          JsonText.line(
              JsonText.object()
                  .put("deployment", deployment.value())
                  .put("host", piece.host().value())
                  .put("event", piece.event().wireName())
                  .put("attempt", piece.attempt())
                  .put("lines", piece.lines())
                  .put("cut", piece.cut())));
    } else {
      String source = piece.host() + " " + piece.event().wireName() + " | ";
      piece.lines().lines().forEach(line -> out.println(source + line));
      if (piece.cut()) {
        out.println(source + "(more was printed than is kept)");
      }
    }
    out.flush();
  }
}
