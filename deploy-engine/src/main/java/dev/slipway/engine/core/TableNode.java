package dev.slipway.engine.core;

import java.time.Instant;

/** A part of a {@link HostTable}, one host or many, with what is known of it without looking in. */
sealed interface TableNode permits HostState, HostBranch {

  /** How many hosts are pending. */
  int pending();

  /** How many hosts are in flight. */
  int inFlight();

  /** The earliest deadline of a host, {@link Instant#MAX} for none. */
  Instant deadline();
}
