package dev.slipway.transport.ssh;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The same deployments on a rebuild of Red Hat's Enterprise Linux. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RockyConformanceTest extends ContainerConformanceTest {

  @Override
  String image() {
    return "rockylinux:9.3";
  }

  @Override
  String install() {
    return "dnf install -y acl diffutils openssh-server openssl sudo tar util-linux";
  }
}
