package dev.slipway.event;

/**
 * Something that happened in a rollout. The events of a rollout, in order, are all that is known of
 * it: the engine keeps them as its journal.
 *
 * <p>The set may grow with a release: a consumer has a default, see {@link EventVisitor}.
 */
public interface RolloutEvent {

  /** Returns the stable name of the kind of event, for example {@code HostFinished}. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /** Hands this event to the method of the visitor that is for it. */
  void accept(EventVisitor visitor);
}
