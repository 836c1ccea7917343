package dev.slipway.rollout;

import dev.slipway.failure.RequestException;
import java.util.regex.Pattern;

/** CodeDeploy's rule for the names of applications and deployment groups. */
final class Names {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._+=,@-]{1,100}");

  private Names() {}

  static String checked(String what, String name) {
    if (!FORM.matcher(name).matches()) {
      throw new RequestException(
          "the name of the "
              + what
              + " has 1 to 100 letters, digits and . _ + = , @ -, but was '"
              + name
              + "'");
    }
    return name;
  }
}
