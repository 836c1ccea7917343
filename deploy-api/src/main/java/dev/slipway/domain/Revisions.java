package dev.slipway.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The revisions of applications. */
public interface Revisions {

  /**
   * Registers one. Registering it again replaces the description.
   *
   * @param description null for what CodeDeploy says of itself; it has no length limit here
   */
  void register(String application, RevisionLocation location, @Nullable String description);

  /** Returns one. */
  RegisteredRevision get(String application, RevisionLocation location);

  /** Returns several, at most 25; those that are not registered are left out. */
  List<RegisteredRevision> get(String application, List<RevisionLocation> locations);

  /**
   * Returns revisions.
   *
   * @param nextToken of the page before, or null for the first
   */
  Page<RevisionLocation> list(String application, RevisionQuery query, @Nullable String nextToken);
}
