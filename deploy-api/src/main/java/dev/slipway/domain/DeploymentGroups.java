package dev.slipway.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The deployment groups of applications. */
public interface DeploymentGroups {

  /** Creates one; what the settings do not give has its default. */
  DeploymentGroup create(String application, String name, GroupSettings settings);

  /** Returns one. */
  DeploymentGroup get(String application, String name);

  /** Returns several, at most 100; those that are not kept are left out. */
  List<DeploymentGroup> get(String application, List<String> names);

  /**
   * Returns names in order.
   *
   * @param nextToken of the page before, or null for the first
   */
  Page<String> list(String application, @Nullable String nextToken);

  /** Changes what the settings give, for later deployments. */
  DeploymentGroup update(String application, String name, GroupSettings settings);

  /** Gives one another name; its id, history and hosts stay. */
  DeploymentGroup rename(String application, String name, String newName);

  /** Deletes one; an active deployment is stopped. Deleting what is not kept does nothing. */
  void delete(String application, String name);
}
