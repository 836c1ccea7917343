package dev.slipway.transport.ssh;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The same deployments on Debian. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DebianConformanceTest extends ContainerConformanceTest {

  @Override
  String image() {
    return "debian:12.11-slim";
  }

  @Override
  String install() {
    return "apt-get update && apt-get install -y --no-install-recommends acl openssh-server openssl"
        + " sudo";
  }
}
