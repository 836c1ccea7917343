package dev.slipway.engine.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.store.InMemoryRuntime;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.GateReference;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.alarm.AlarmState;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.spi.trigger.TriggerMessage;
import dev.slipway.spi.trigger.TriggerSink;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.testkit.ScriptedTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SlipwayModuleTest {

  @TempDir private Path directory;

  private final ScriptedTransport ssh = new ScriptedTransport();
  private final ScriptedTransport agent = new ScriptedTransport();

  @Test
  void a_deployer_is_made_of_what_other_modules_bind() throws Exception {
    Injector injector = Guice.createInjector(new SlipwayModule(), ours());

    try (Deployer deployer = injector.getInstance(Deployer.class)) {
      assertThat(injector.getInstance(Deployer.class)).isSameAs(deployer);
      assertThat(rollOut(deployer).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    }

    assertThat(ssh.offered()).hasSize(7).allMatch(key -> key.host().value().equals("web-1"));
    assertThat(agent.offered()).hasSize(7).allMatch(key -> key.host().value().equals("db-1"));
  }

  @Test
  void what_a_rollout_may_name_is_bound_likewise() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    Module guards =
        new AbstractModule() {
          @Override
          protected void configure() {
            SlipwayModule.gates(binder())
                .addBinding()
                .toInstance(
                    new NamedGate(
                        "health",
                        1,
                        parameters ->
                            question -> {
                              asked.add("health of " + parameters);
                              return GateAnswer.passed();
                            }));
            SlipwayModule.alarmSources(binder())
                .addBinding()
                .toInstance(
                    new NamedAlarmSource(
                        "mine", 1, parameters -> names -> Map.of("errors", AlarmState.OK)));
            SlipwayModule.trafficControls(binder())
                .addBinding()
                .toInstance(
                    new NamedTrafficControl(
                        "balancer",
                        1,
                        parameters -> {
                          throw new RequestException("no balancer is called " + parameters);
                        }));
            SlipwayModule.triggerSinks(binder()).addBinding().toInstance(new Letters());
          }
        };
    Injector injector = Guice.createInjector(new SlipwayModule(), ours(), guards);

    try (Deployer deployer = injector.getInstance(Deployer.class)) {
      RolloutResult result =
          rollOut(
              deployer,
              rollout ->
                  rollout
                      .hostGate(GateReference.named("health").with("prod"))
                      .alarms(AlarmWatch.of("mine", "errors")));
      assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
      assertThatThrownBy(
              () ->
                  rollOut(
                      deployer,
                      rollout -> rollout.traffic(new TrafficReference("balancer", 1, "north"))))
          .hasMessageContaining("no balancer is called north");
    }
    assertThat(asked).containsExactly("health of prod", "health of prod");
    assertThat(injector.getInstance(Registered.class)).isNotNull();
  }

  /** Tells those whose target is a letter box. */
  private static final class Letters implements TriggerSink {

    @Override
    public boolean accepts(String target) {
      return target.startsWith("letter:");
    }

    @Override
    public void publish(TriggerMessage message) {}
  }

  @Test
  void without_an_inventory_it_says_what_to_bind() {
    Injector injector = Guice.createInjector(new SlipwayModule());

    assertThatThrownBy(() -> injector.getInstance(Deployer.class))
        .hasRootCauseInstanceOf(RequestException.class)
        .hasMessageContaining("no inventory is bound: use SlipwayModule.inventories(…)");
  }

  private RolloutResult rollOut(Deployer deployer) throws Exception {
    return rollOut(deployer, rollout -> rollout);
  }

  private RolloutResult rollOut(Deployer deployer, UnaryOperator<RolloutBuilder> more)
      throws Exception {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    return more.apply(
            deployer
                .rollout("web", "prod")
                .revision(Revision.localDirectory(bundle))
                .to(hosts -> hosts)
                .minimumHealthy(MinimumHealthyHosts.hostCount(0))
                .strategy(new StrategyReference("nightly", 1, "")))
        .plan()
        .start()
        .await(Duration.ofMinutes(1))
        .orElseThrow();
  }

  private Module ours() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        SlipwayModule.inventories(binder())
            .addBinding()
            .toInstance(selector -> List.of(host("web-1", "ssh")));
        SlipwayModule.inventories(binder())
            .addBinding()
            .toInstance(selector -> List.of(host("db-1", "agent")));
        SlipwayModule.transports(binder()).addBinding("ssh").toInstance(ssh);
        SlipwayModule.transports(binder()).addBinding("agent").toInstance(agent);
        SlipwayModule.strategies(binder())
            .addBinding()
            .toInstance(new NamedStrategy("nightly", 1, parameters -> Strategies.asManyAsMay()));
        bind(RolloutRuntime.class).toInstance(new InMemoryRuntime(directory.resolve("state")));
      }
    };
  }

  private static Host host(String name, String transport) {
    return new Host(
        new HostId(name), name, "", Map.of(), Map.of(SlipwayModule.TRANSPORT_SETTING, transport));
  }
}
