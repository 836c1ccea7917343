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
import dev.slipway.revision.Revision;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.testkit.ScriptedTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  void without_an_inventory_it_says_what_to_bind() {
    Injector injector = Guice.createInjector(new SlipwayModule());

    assertThatThrownBy(() -> injector.getInstance(Deployer.class))
        .hasRootCauseInstanceOf(RequestException.class)
        .hasMessageContaining("no inventory is bound: use SlipwayModule.inventories(…)");
  }

  private RolloutResult rollOut(Deployer deployer) throws Exception {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(bundle))
        .to(hosts -> hosts)
        .minimumHealthy(MinimumHealthyHosts.hostCount(0))
        .strategy(new StrategyReference("nightly", 1, ""))
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
