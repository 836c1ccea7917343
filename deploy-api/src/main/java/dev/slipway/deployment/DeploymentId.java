package dev.slipway.deployment;

import java.util.regex.Pattern;

/**
 * The id of a deployment, in CodeDeploy's form: {@code d-} and nine upper-case letters or digits.
 *
 * @param value the text
 */
public record DeploymentId(String value) implements Comparable<DeploymentId> {

  private static final Pattern FORM = Pattern.compile("d-[A-Z0-9]{9}");

  /** Refuses any other form. */
  public DeploymentId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a deployment id is d- and nine upper-case letters or digits, but was " + value);
    }
  }

  @Override
  public int compareTo(DeploymentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
