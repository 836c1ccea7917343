package dev.slipway.host.local;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The recorded deployments on this machine, where we do better in those of a list. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConformanceTest extends Conformance {

  @Override
  protected Map<String, String> lists() {
    return Map.of("deviations.tsv", "ours.json");
  }

  @Override
  protected CommandServer start() throws IOException {
    return new CommandServer(Elsewhere.NOWHERE, "");
  }

  @Override
  protected String besides() {
    return "";
  }
}
