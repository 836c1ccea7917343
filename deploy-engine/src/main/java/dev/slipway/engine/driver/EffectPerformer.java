package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.remote.GuardedChecks;
import dev.slipway.event.CheckKind;
import dev.slipway.failure.RevisionException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does what was decided. Everything here may be done again: a transport offers a key once, and
 * waking somebody twice does no harm.
 *
 * <p>Used by one thread at a time.
 */
final class EffectPerformer implements Effect.Performer {

  private final DriverServices services;
  private final RolloutRecord record;
  private final Map<HostId, Host> hosts;
  private final Reports reports;
  private final @Nullable TrafficDesk traffic;
  private @Nullable DeploymentWork work;

  /**
   * Makes one.
   *
   * @param control switches traffic, or null for a rollout without, or when it is not known
   * @param epoch of who drives the rollout
   */
  EffectPerformer(
      DriverServices services, RolloutRecord record, @Nullable TrafficControl control, long epoch) {
    this.services = services;
    this.record = record;
    this.hosts = record.hosts().stream().collect(Collectors.toMap(Host::id, Function.identity()));
    this.reports = new DeliveredReports(services);
    this.traffic =
        control == null ? null : new TrafficDesk(services, record, epoch, control, hosts, reports);
  }

  @Override
  public void offer(Effect.Offer effect) {
    Host host = host(effect.host());
    CommandKey key = key(effect.host(), effect.event(), effect.attempt());
    DeploymentWork shared;
    try {
      shared = work();
    } catch (RevisionException e) {
      // Thrown, this would hold up the whole rollout for ever, its deadlines and its stop too.
      reports.finished(key, Diagnostics.unknownError(String.valueOf(e.getMessage())));
      return;
    }
    HostCommand command =
        new HostCommand(
            key,
            record.work().generation(),
            host,
            shared,
            effect.next(),
            record.definition().pace().clocks().event());
    services.transports().apply(host).offer(command, reports);
  }

  @Override
  public void cancel(Effect.Cancel effect) {
    Host host = host(effect.host());
    services
        .transports()
        .apply(host)
        .cancel(key(effect.host(), effect.event(), effect.attempt()), effect.mode());
  }

  @Override
  public void release(Effect.Release effect) {
    Host host = host(effect.host());
    services.transports().apply(host).release(record.definition().deployment(), host);
  }

  /** What is asked may take its time, so that nothing waits for it here. */
  @Override
  public void ask(Effect.Ask effect) {
    services.checks().later(effect.check(), () -> deliver(effect, answer(effect)));
  }

  private GuardedChecks.Answer answer(Effect.Ask effect) {
    Guards guards = record.definition().guards();
    if (effect.check() == CheckKind.ALARMS) {
      return services.checks().read(Objects.requireNonNull(guards.alarms()));
    }
    RolloutRecord.Work stored = record.work();
    return services
        .checks()
        .ask(
            gate(guards, effect.name()),
            new GateQuestion(
                record.definition().deployment(),
                stored.application(),
                stored.deploymentGroup(),
                stored.revision(),
                effect.host() == null ? null : host(effect.host()),
                effect.updated().stream().map(this::host).toList()));
  }

  private static GateReference gate(Guards guards, String label) {
    return Stream.concat(
            guards.checkpoints().stream().flatMap(checkpoint -> checkpoint.gates().stream()),
            guards.hostGates().stream())
        .filter(gate -> gate.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private void deliver(Effect.Ask effect, GuardedChecks.Answer answer) {
    Input.Answered input =
        new Input.Answered(
            services.timers().instant(),
            effect.check(),
            effect.name(),
            effect.host(),
            effect.round(),
            answer.verdict(),
            answer.message(),
            answer.again());
    DeploymentId id = record.definition().deployment();
    new Delivery(services, id, InboxCodec.encode("check/" + effect.round() + "/answered", input))
        .attempt();
  }

  @Override
  public void switchTraffic(Effect.SwitchTraffic effect) {
    if (traffic != null) {
      traffic.add(effect);
    }
  }

  @Override
  public void lookAtTraffic(Effect.LookAtTraffic effect) {
    if (traffic != null) {
      traffic.add(effect);
    }
  }

  /** A terminator may take its time. */
  @Override
  public void terminateHosts(Effect.TerminateHosts effect) {
    RolloutDefinition.Lifecycle.BlueGreen blueGreen = record.definition().lifecycle().blueGreen();
    if (blueGreen != null && blueGreen.termination() != null) {
      new TerminationCall(
              services,
              record.definition().deployment(),
              blueGreen.termination().terminator(),
              effect.hosts().stream().map(this::host).toList())
          .makeElsewhere(effect.attempt());
    }
  }

  /** Does what is better done for all hosts at once. */
  void conclude() {
    if (traffic != null) {
      traffic.open();
    }
  }

  /** The rollback has been created together with the end of this rollout. */
  @Override
  public void startRollback(Effect.StartRollback effect) {
    services.supervisor().wake(effect.deployment());
  }

  private Host host(HostId id) {
    Host host = hosts.get(id);
    if (host == null) {
      throw new IllegalStateException("host " + id + " is not part of the rollout");
    }
    return host;
  }

  private CommandKey key(HostId host, LifecycleEvent event, int attempt) {
    return new CommandKey(record.definition().deployment(), host, event, attempt);
  }

  private DeploymentWork work() {
    DeploymentWork made = work;
    if (made == null) {
      RolloutRecord.Work stored = record.work();
      made =
          new DeploymentWork(
              record.definition().deployment(),
              stored.application(),
              stored.deploymentGroup(),
              stored.deploymentGroupId(),
              record.definition().creator(),
              record.definition().lifecycle().blueGreen() != null,
              services.revisions().get(stored.revision()),
              stored.appSpecFile(),
              stored.fileExistsBehavior());
      work = made;
    }
    return made;
  }
}
