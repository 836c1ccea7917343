package dev.slipway.preflight;

import dev.slipway.fleet.HostId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found on the hosts of a plan.
 *
 * @param hosts all of them, in scheduling order
 */
public record PreflightReport(List<Finding> hosts) {

  /** Copies the list in. */
  public PreflightReport {
    hosts = List.copyOf(hosts);
  }

  /**
   * What was found on one host.
   *
   * @param host which
   * @param defects what is wrong with it; empty when it is fit
   */
  public record Finding(HostId host, List<HostDefect> defects) {

    /** Copies the list in. */
    public Finding {
      defects = List.copyOf(defects);
    }
  }

  /** Returns whether every host is fit. */
  public boolean isReady() {
    return unfit().isEmpty();
  }

  /** Returns the hosts that are not fit, in scheduling order. */
  public List<Finding> unfit() {
    return hosts.stream().filter(found -> !found.defects().isEmpty()).toList();
  }

  /** Returns a sentence about all, and a line for each defect of a host. */
  public List<String> lines() {
    List<Finding> unfit = unfit();
    if (unfit.isEmpty()) {
      return List.of("all %d hosts are fit".formatted(hosts.size()));
    }
    return Stream.concat(
            Stream.of("%d of %d hosts are not fit".formatted(unfit.size(), hosts.size())),
            unfit.stream()
                .flatMap(
                    found ->
                        found.defects().stream()
                            .map(defect -> "  " + found.host() + ": " + defect.message())))
        .toList();
  }
}
