package dev.slipway.transport.ssh;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The same deployments on Alpine, whose tools are those of busybox. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlpineConformanceTest extends ContainerConformanceTest {

  @Override
  String image() {
    return "alpine:3.22.1";
  }

  @Override
  String install() {
    return "apk add --no-cache acl bash openssh-server openssh-keygen openssl sudo";
  }

  @Override
  boolean isBusybox() {
    return true;
  }
}
