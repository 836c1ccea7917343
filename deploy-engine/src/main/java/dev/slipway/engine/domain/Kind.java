package dev.slipway.engine.domain;

import dev.slipway.domain.OnPremisesInstance;

/**
 * A sort of document.
 *
 * @param name as it is kept
 * @param type what its JSON holds
 */
record Kind<T>(String name, Class<T> type) {

  /** By name. */
  static final Kind<StoredApplication> APPLICATION =
      new Kind<>("application", StoredApplication.class);

  /** By {@link StoredGroup#key}. */
  static final Kind<StoredGroup> GROUP = new Kind<>("deployment-group", StoredGroup.class);

  /** By name. */
  static final Kind<StoredConfig> CONFIG = new Kind<>("deployment-config", StoredConfig.class);

  /** By {@link StoredRevision#key}. */
  static final Kind<StoredRevision> REVISION = new Kind<>("revision", StoredRevision.class);

  /** By name. */
  static final Kind<OnPremisesInstance> INSTANCE =
      new Kind<>("on-premises-instance", OnPremisesInstance.class);

  /** By the deployment's id. */
  static final Kind<StoredDeployment> DEPLOYMENT = new Kind<>("deployment", StoredDeployment.class);

  /** By {@link RolloutName#key}. */
  static final Kind<RolloutName.Use> ROLLOUT_NAME =
      new Kind<>("rollout-name", RolloutName.Use.class);
}
