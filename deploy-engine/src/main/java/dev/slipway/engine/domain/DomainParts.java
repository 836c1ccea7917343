package dev.slipway.engine.domain;

import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.RevisionType;
import dev.slipway.engine.remote.CheckRegistry;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.spi.revision.RevisionSource;
import dev.slipway.spi.revision.RevisionStore;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.termination.HostTerminators;
import dev.slipway.spi.traffic.TrafficControls;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What the kept things work with.
 *
 * @param ledger where they are kept
 * @param quotas their limits
 * @param clock the time
 * @param random where ids are drawn from
 * @param store the rollouts
 * @param books the books of groups
 * @param revisions the bundles
 * @param sources where revisions of each type come from
 * @param checks the sources of alarms that are known
 * @param traffic the traffic controls that are known
 * @param terminators the host terminators that are known
 * @param triggerTargets whether somebody takes messages of triggers to a target
 */
record DomainParts(
    Ledger ledger,
    Quotas quotas,
    InstantSource clock,
    RandomGenerator random,
    Store store,
    GroupBooks books,
    RevisionStore revisions,
    Map<RevisionType, RevisionSource> sources,
    CheckRegistry checks,
    TrafficControls traffic,
    HostTerminators terminators,
    Predicate<String> triggerTargets) {

  DomainParts {
    sources = Map.copyOf(sources);
  }

  /** Returns a new random UUID. */
  String newId() {
    long most = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long least = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(most, least).toString();
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns an application. */
  StoredApplication application(Records records, String name) {
    Names.checkApplication(name);
    return records
        .find(Kind.APPLICATION, name)
        .orElseThrow(
            () ->
                new DomainException(
                    DomainError.APPLICATION_DOES_NOT_EXIST,
                    "there is no application '" + name + "'"));
  }

  /** Returns a deployment group of an application. */
  StoredGroup group(Records records, StoredApplication application, String name) {
    Names.checkGroup(name);
    return records
        .find(Kind.GROUP, StoredGroup.key(application.id(), name))
        .orElseThrow(
            () ->
                new DomainException(
                    DomainError.DEPLOYMENT_GROUP_DOES_NOT_EXIST,
                    "application '"
                        + application.name()
                        + "' has no deployment group '"
                        + name
                        + "'"));
  }

  /** Refuses one more than there may be. */
  void checkQuota(Quota quota, int count, DomainError error, String what) {
    if (quotas.exceeded(quota, count)) {
      throw new DomainException(error, "there may be at most " + quotas.limit(quota) + " " + what);
    }
  }

  /** Refuses a reading of more than may be read at once. */
  void checkBatch(Quota quota, int count) {
    if (quotas.exceeded(quota, count)) {
      throw new DomainException(
          DomainError.BATCH_LIMIT_EXCEEDED,
          "one call reads at most " + quotas.limit(quota) + ", but was asked for " + count);
    }
  }
}
