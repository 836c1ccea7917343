package dev.slipway.engine.planning;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of deployment groups that follow from their names. */
public final class GroupIds {

  private GroupIds() {}

  /**
   * Returns the id under which hosts keep what they know of a group; it must not change between
   * deployments.
   *
   * @param application name under which rollouts of the application run
   * @param deploymentGroup name under which rollouts of the group run
   */
  public static String of(String application, String deploymentGroup) {
    String name = application + "/" + deploymentGroup;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
