package dev.slipway.spi.store;

/**
 * What is kept of a deployment group.
 *
 * @param application name of the application
 * @param deploymentGroup name of the deployment group
 * @param version from 1, one higher with each writing
 * @param document a JSON document that the engine reads and writes
 */
public record GroupPage(String application, String deploymentGroup, long version, String document) {

  /** Refuses a version under 1. */
  public GroupPage {
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, but was " + version);
    }
  }
}
