package dev.slipway.engine.domain;

import dev.slipway.domain.Quotas;
import dev.slipway.domain.RevisionType;
import dev.slipway.spi.revision.RevisionSource;
import dev.slipway.spi.store.Documents;
import dev.slipway.spi.trigger.TriggerSink;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What a deployer knows beside rollouts.
 *
 * @param documents where it is kept
 * @param quotas its limits
 * @param random where ids are drawn from
 * @param sources where revisions of each type come from
 * @param sinks who takes messages of triggers
 * @param triggerTargets whether somebody elsewhere takes messages of triggers to a target
 */
public record DomainSettings(
    Documents documents,
    Quotas quotas,
    RandomGenerator random,
    Map<RevisionType, RevisionSource> sources,
    List<TriggerSink> sinks,
    Predicate<String> triggerTargets) {

  /** Copies maps and lists in. */
  public DomainSettings {
    sources = Map.copyOf(sources);
    sinks = List.copyOf(sinks);
  }

  /** Returns whether anybody takes messages to a target. */
  boolean isTold(String target) {
    return triggerTargets.test(target) || sinks.stream().anyMatch(sink -> sink.accepts(target));
  }
}
