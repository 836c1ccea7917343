package dev.slipway.examples.quickstart;

import com.google.inject.AbstractModule;
import dev.slipway.engine.guice.NamedStrategy;
import dev.slipway.engine.guice.SlipwayModule;
import dev.slipway.engine.micrometer.MicrometerTelemetry;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.runtime.embedded.EmbeddedRuntime;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.strategy.Strategies;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;

final class DeploymentModule extends AbstractModule {

  private final Path hosts;
  private final Path state;
  private final ObservationRegistry observations;
  private final MeterRegistry meters;

  DeploymentModule(Path hosts, Path state, ObservationRegistry observations, MeterRegistry meters) {
    this.hosts = hosts;
    this.state = state;
    this.observations = observations;
    this.meters = meters;
  }

  @Override
  protected void configure() {
    install(new SlipwayModule());
    SlipwayModule.inventories(binder()).addBinding().toInstance(OnPremInventory.at(hosts));
    SlipwayModule.transports(binder())
        .addBinding("ssh")
        .toInstance(SshTransport.with(SshOptions.DEFAULTS));
    SlipwayModule.strategies(binder())
        .addBinding()
        .toInstance(new NamedStrategy("nightly", 1, parameters -> Strategies.asManyAsMay()));
    bind(RolloutRuntime.class).toInstance(EmbeddedRuntime.at(state));
    bind(Telemetry.class).toInstance(MicrometerTelemetry.of(observations, meters));
  }
}
