package dev.slipway.spi.termination;

/**
 * A terminator as data: what a stored rollout says of it.
 *
 * @param name the name under which its factory is registered
 * @param version of the terminator's own rules, from 1
 * @param parameters text that the factory understands
 */
public record TerminatorReference(String name, int version, String parameters) {

  /** The terminator that deployment groups use. */
  public static final TerminatorReference OF_DEPLOYMENT_GROUPS = to("deployment-groups");

  /** Returns the reference to version 1 of a terminator that takes no parameters. */
  public static TerminatorReference to(String name) {
    return new TerminatorReference(name, 1, "");
  }

  /** Returns name and version in words. */
  public String inWords() {
    return "host terminator " + name + " version " + version;
  }
}
