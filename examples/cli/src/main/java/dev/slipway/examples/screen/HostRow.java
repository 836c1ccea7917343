package dev.slipway.examples.screen;

import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostId;

/**
 * What is drawn of one host.
 *
 * @param host which
 * @param status where it stands
 * @param done how many of its lifecycle events have succeeded
 * @param note what it does just now, or what went wrong; may be empty
 */
record HostRow(HostId host, HostStatus status, int done, String note) {

  static HostRow pending(HostId host) {
    return new HostRow(host, HostStatus.PENDING, 0, "");
  }

  HostRow running(String what) {
    return new HostRow(host, HostStatus.IN_PROGRESS, done, what);
  }

  HostRow oneMoreDone() {
    return new HostRow(host, HostStatus.IN_PROGRESS, done + 1, note);
  }

  HostRow ended(HostStatus how, String why) {
    return new HostRow(host, how, done, why);
  }
}
