package dev.slipway.deployment;

/** Who asked for a deployment. */
public enum Creator {
  /** A caller of the API. */
  USER("user"),
  /** The engine, to bring back the last revision that worked. */
  ROLLBACK("codeDeployRollback"),
  /** The engine, for hosts that have joined since a deployment began. */
  AUTO_UPDATE("CodeDeployAutoUpdate");

  private final String wireName;

  Creator(String wireName) {
    this.wireName = wireName;
  }

  /** Returns CodeDeploy's spelling. */
  public String wireName() {
    return wireName;
  }
}
