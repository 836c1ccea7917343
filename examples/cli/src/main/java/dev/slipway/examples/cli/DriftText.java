package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.domain.DriftReport;
import dev.slipway.domain.HostDrift;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.revision.RevisionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What hosts run, in words and in JSON. */
final class DriftText {

  private DriftText() {}

  static List<String> lines(DriftReport report) {
    List<String> lines = new ArrayList<>();
    String group = report.application() + "/" + report.deploymentGroup();
    RevisionId target = report.target();
    RevisionLocation location = report.targetLocation();
    lines.add(
        target == null
            ? group + " has no target revision: no deployment has succeeded yet"
            : group
                + " should run "
                + target.abbreviated()
                + (location == null ? "" : " from " + location.inWords()));
    for (HostDrift host : report.hosts()) {
      lines.add("  " + line(host));
    }
    lines.add(
        "%d hosts: %d current, %d outdated, %d unknown, %d left"
            .formatted(
                report.hosts().size(),
                report.count(HostDrift.Standing.CURRENT),
                report.count(HostDrift.Standing.OUTDATED),
                report.count(HostDrift.Standing.UNKNOWN),
                report.count(HostDrift.Standing.LEFT)));
    return lines;
  }

  private static String line(HostDrift host) {
    RevisionId installed = host.installed();
    return host.host()
        + " "
        + host.standing().name().toLowerCase(Locale.ROOT)
        + (installed == null ? "" : ", last succeeded with " + installed.abbreviated())
        + (host.healthy() ? "" : ", unhealthy");
  }

  static ObjectNode json(DriftReport report) {
    RevisionId target = report.target();
    RevisionLocation location = report.targetLocation();
    ObjectNode answer =
        JsonText.object()
            .put("application", report.application())
            .put("deploymentGroup", report.deploymentGroup())
            .put("target", target == null ? null : target.sha256())
            .put("targetLocation", location == null ? null : location.inWords())
            .put("drifted", report.drifted());
    ArrayNode hosts = answer.putArray("hosts");
    for (HostDrift host : report.hosts()) {
      RevisionId installed = host.installed();
      hosts
          .addObject()
          .put("host", host.host().value())
          .put("standing", host.standing().name().toLowerCase(Locale.ROOT))
          .put("installed", installed == null ? null : installed.sha256())
          .put("healthy", host.healthy());
    }
    return answer;
  }
}
