package dev.slipway.spi.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A traffic control as data: what a stored rollout says of it.
 *
 * @param name the name under which its factory is registered
 * @param version of the control's own rules, from 1
 * @param parameters text that the factory understands, such as the names of target groups; JSON for
 *     controls of one's own
 */
public record TrafficReference(String name, int version, String parameters) {

  /** The control of the target groups of a deployment group; its parameters are one's name. */
  public static final String TARGET_GROUP = "target-group";

  /**
   * The control of the classic load balancers of a deployment group; its parameters are one's name.
   */
  public static final String CLASSIC_LOAD_BALANCER = "classic-load-balancer";

  /** The controls of a list, all of which hosts leave and come back to. Every engine knows it. */
  static final String ALL = "all";

  private static final String BETWEEN_CONTROLS = "&";
  private static final String BETWEEN_PARTS = ",";
  private static final int PARTS = 3;

  /** Returns the reference to version 1 of a control that takes no parameters. */
  public static TrafficReference to(String name) {
    return new TrafficReference(name, 1, "");
  }

  /** Returns the reference to the control of a target group. */
  public static TrafficReference targetGroup(String targetGroup) {
    return new TrafficReference(TARGET_GROUP, 1, targetGroup);
  }

  /** Returns the reference to the control of a classic load balancer. */
  public static TrafficReference classicLoadBalancer(String loadBalancer) {
    return new TrafficReference(CLASSIC_LOAD_BALANCER, 1, loadBalancer);
  }

  /**
   * Returns the reference to several controls: hosts leave all of them and come back to all of
   * them.
   *
   * @param controls at least one; one alone is returned as it is
   * @throws IllegalArgumentException if there is none
   */
  public static TrafficReference allOf(List<TrafficReference> controls) {
    if (controls.isEmpty()) {
      throw new IllegalArgumentException("allOf needs at least one traffic control");
    }
    return controls.size() == 1
        ? controls.get(0)
        : new TrafficReference(
            ALL,
            1,
            controls.stream()
                .flatMap(control -> control.controls().stream())
                .map(TrafficReference::asText)
                .collect(Collectors.joining(BETWEEN_CONTROLS)));
  }

  /** Returns the controls that this means: those of {@link #allOf}, or this one. */
  public List<TrafficReference> controls() {
    return name.equals(ALL)
        ? Arrays.stream(parameters.split(BETWEEN_CONTROLS, -1))
            .map(TrafficReference::ofText)
            .toList()
        : List.of(this);
  }

  private String asText() {
    return String.join(
        BETWEEN_PARTS,
        URLEncoder.encode(name, UTF_8),
        String.valueOf(version),
        URLEncoder.encode(parameters, UTF_8));
  }

  private static TrafficReference ofText(String text) {
    String[] parts = text.split(BETWEEN_PARTS, -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          "the parameters of traffic control "
              + ALL
              + " are name,version,parameters of each, but there was '"
              + text
              + "'");
    }
    return new TrafficReference(
        URLDecoder.decode(parts[0], UTF_8),
        Integer.parseInt(parts[1]),
        URLDecoder.decode(parts[2], UTF_8));
  }

  /** Returns name and version in words. */
  public String inWords() {
    return name.equals(ALL)
        ? controls().stream().map(TrafficReference::inWords).collect(Collectors.joining(" and "))
        : "traffic control " + name + " version " + version;
  }
}
