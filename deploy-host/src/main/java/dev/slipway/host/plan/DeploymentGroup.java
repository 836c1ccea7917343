package dev.slipway.host.plan;

/**
 * Whose deployment it is.
 *
 * @param application the application's name
 * @param name the deployment group's name
 * @param id the deployment group's id: the name of its directory on the host, and what ties an
 *     install to the one before it
 */
public record DeploymentGroup(String application, String name, String id) {

  /** Refuses an id that is not one safe path part, or is the name of something else there. */
  public DeploymentGroup {
    Layout.checkGroup(id);
  }
}
