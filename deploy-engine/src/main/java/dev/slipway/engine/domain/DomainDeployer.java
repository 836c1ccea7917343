package dev.slipway.engine.domain;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.Domain;
import dev.slipway.engine.planning.EngineDeployer;
import dev.slipway.engine.planning.EngineParts;
import dev.slipway.engine.train.Trains;
import dev.slipway.engine.trigger.TriggerRelay;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.train.Train;
import dev.slipway.train.TrainBuilder;
import java.util.List;

/** The deployer of this engine, with what is kept beside rollouts. Thread-safe. */
public final class DomainDeployer implements Deployer {

  private final EngineDeployer engine;
  private final Domain domain;
  private final TriggerRelay relay;
  private final Trains trains;

  private DomainDeployer(EngineDeployer engine, Domain domain, TriggerRelay relay, Trains trains) {
    this.engine = engine;
    this.domain = domain;
    this.relay = relay;
    this.trains = trains;
  }

  /** Returns a deployer that goes on with every rollout of its store that is not over. */
  public static DomainDeployer start(EngineParts parts, DomainSettings settings) {
    Ledger ledger = new Ledger(settings.documents());
    TargetRevisions targets = new TargetRevisions(ledger, parts.books());
    GroupMembers members =
        new GroupMembers(ledger, parts.inventory(), new SwitchedHosts(ledger, targets));
    EngineDeployer engine =
        EngineDeployer.start(
            parts.withInventory(new GroupInventory(parts.inventory(), members, targets)));
    DomainParts domainParts =
        new DomainParts(
            ledger,
            settings.quotas(),
            parts.timers(),
            settings.random(),
            parts.store(),
            parts.books(),
            parts.revisions(),
            settings.sources(),
            parts.checks(),
            parts.traffic(),
            parts.terminators(),
            settings::isTold);
    TriggerRelay relay =
        new TriggerRelay(
            parts.store(),
            settings.documents(),
            new GroupTriggerBook(ledger),
            settings.sinks(),
            parts.timers());
    relay.start();
    Trains trains = new Trains(engine, settings.documents());
    trains.start();
    return new DomainDeployer(
        engine, KeptDomain.of(domainParts, parts.inventory(), engine), relay, trains);
  }

  @Override
  public RolloutBuilder rollout(String application, String deploymentGroup) {
    return engine.rollout(application, deploymentGroup);
  }

  @Override
  public Rollout start(Plan plan) {
    return engine.start(plan);
  }

  @Override
  public Rollout attach(DeploymentId id) {
    return engine.attach(id);
  }

  @Override
  public List<Rollout> rollouts(int atMost) {
    return engine.rollouts(atMost);
  }

  @Override
  public List<Rollout> unfinished() {
    return engine.unfinished();
  }

  @Override
  public TrainBuilder train(String name) {
    return new TrainBuilder(name, trains::start);
  }

  @Override
  public List<String> trains() {
    return trains.names();
  }

  @Override
  public Train attachTrain(String name) {
    return trains.attach(name);
  }

  @Override
  public Domain domain() {
    return domain;
  }

  @Override
  public void close() {
    try {
      trains.close();
      relay.close();
    } finally {
      engine.close();
    }
  }
}
