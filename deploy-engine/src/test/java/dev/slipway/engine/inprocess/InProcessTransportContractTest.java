package dev.slipway.engine.inprocess;

import dev.slipway.fleet.Host;
import dev.slipway.host.bundle.BundleDigest;
import dev.slipway.host.bundle.BundlePacker;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.transport.Transport;
import dev.slipway.testkit.TransportContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InProcessTransportContractTest extends TransportContract {

  private @Nullable Transport transport;

  @BeforeEach
  void open() {
    transport = InProcessTransport.below(directory().resolve("hosts"));
  }

  @AfterEach
  void close() {
    transport().close();
  }

  @Override
  protected Transport transport() {
    return Objects.requireNonNull(transport);
  }

  @Override
  protected Host host() {
    return Host.named("web-1");
  }

  @Override
  protected Bundle pack(Path revision) throws IOException {
    Path file = revision.resolveSibling(revision.getFileName() + ".tgz");
    new BundlePacker(IntakeOptions.SAFE).pack(revision, file, BundleType.TGZ);
    return new Bundle(BundleDigest.of(file), BundleType.TGZ, file, Files.size(file));
  }
}
