package dev.slipway.appspec;

/**
 * What an install does with a file on the host that it wants to write and that the previous
 * revision of the same deployment group did not bring.
 */
public enum FileExistsBehavior {
  /** The install fails. This is CodeDeploy's default. */
  DISALLOW,
  /** The file is replaced, and belongs to the deployment from then on. */
  OVERWRITE,
  /** The host keeps its file. */
  RETAIN
}
