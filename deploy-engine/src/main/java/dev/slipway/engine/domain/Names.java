package dev.slipway.engine.domain;

import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import java.util.regex.Pattern;

/** CodeDeploy's rules for names. */
final class Names {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._+=,@-]{1,100}");

  private Names() {}

  static void checkApplication(String name) {
    check(
        name,
        "the name of an application",
        DomainError.APPLICATION_NAME_REQUIRED,
        DomainError.INVALID_APPLICATION_NAME);
  }

  static void checkGroup(String name) {
    check(
        name,
        "the name of a deployment group",
        DomainError.DEPLOYMENT_GROUP_NAME_REQUIRED,
        DomainError.INVALID_DEPLOYMENT_GROUP_NAME);
  }

  static void checkConfig(String name) {
    check(
        name,
        "the name of a deployment config",
        DomainError.DEPLOYMENT_CONFIG_NAME_REQUIRED,
        DomainError.INVALID_DEPLOYMENT_CONFIG_NAME);
  }

  static void checkInstance(String name) {
    check(
        name,
        "the name of an on-premises instance",
        DomainError.INSTANCE_NAME_REQUIRED,
        DomainError.INVALID_INSTANCE_NAME);
    if (name.startsWith("i-")) {
      throw new DomainException(
          DomainError.INVALID_INSTANCE_NAME,
          "the name of an on-premises instance must not begin with i-, but was '" + name + "'");
    }
  }

  private static void check(String name, String what, DomainError missing, DomainError invalid) {
    if (name.isEmpty()) {
      throw new DomainException(missing, what + " is missing");
    }
    if (!FORM.matcher(name).matches()) {
      throw new DomainException(
          invalid,
          what + " has 1 to 100 letters, digits and . _ + = , @ -, but was '" + name + "'");
    }
  }
}
