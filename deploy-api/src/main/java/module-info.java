import org.jspecify.annotations.NullMarked;

/** What a caller of the SDK, or an author of a transport or provider, may use. */
@NullMarked
module dev.slipway.api {
  exports dev.slipway;
  exports dev.slipway.appspec;
  exports dev.slipway.config;
  exports dev.slipway.deployment;
  exports dev.slipway.domain;
  exports dev.slipway.event;
  exports dev.slipway.failure;
  exports dev.slipway.fleet;
  exports dev.slipway.guard;
  exports dev.slipway.preflight;
  exports dev.slipway.revision;
  exports dev.slipway.rollout;
  exports dev.slipway.spi.alarm;
  exports dev.slipway.spi.gate;
  exports dev.slipway.spi.inventory;
  exports dev.slipway.spi.revision;
  exports dev.slipway.spi.store;
  exports dev.slipway.spi.telemetry;
  exports dev.slipway.spi.time;
  exports dev.slipway.spi.termination;
  exports dev.slipway.spi.traffic;
  exports dev.slipway.spi.transport;
  exports dev.slipway.spi.trigger;
  exports dev.slipway.strategy;
  exports dev.slipway.train;

  requires static transitive org.jspecify;
}
