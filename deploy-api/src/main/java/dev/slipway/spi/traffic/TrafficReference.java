package dev.slipway.spi.traffic;

/**
 * A traffic control as data: what a stored rollout says of it.
 *
 * @param name the name under which its factory is registered
 * @param version of the control's own rules, from 1
 * @param parameters text that the factory understands, such as the names of target groups; JSON for
 *     controls of one's own
 */
public record TrafficReference(String name, int version, String parameters) {

  /** Returns the reference to version 1 of a control that takes no parameters. */
  public static TrafficReference to(String name) {
    return new TrafficReference(name, 1, "");
  }

  /** Returns name and version in words. */
  public String inWords() {
    return "traffic control " + name + " version " + version;
  }
}
