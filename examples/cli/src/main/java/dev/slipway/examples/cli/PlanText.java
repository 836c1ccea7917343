package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.LateJoiners;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.Guards;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.RollbackPreview;
import dev.slipway.spi.traffic.TrafficReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as JSON and in words. */
final class PlanText {

  private PlanText() {}

  /** Returns the document; a plan that cannot succeed has the keys of its error too. */
  static ObjectNode document(Plan plan) {
    ObjectNode document = JsonText.object();
    plan.error()
        .ifPresent(
            error ->
                document
                    .put("errorCode", error.code().name())
                    .put("errorMessage", error.message()));
    document.put("digest", plan.digest());
    document.set("hosts", JsonText.node(plan.hosts().stream().map(h -> h.id().value()).toList()));
    document.put("minimumHealthy", plan.minimumHealthy());
    document.put("failureBudget", plan.failureBudget());
    document.set("waves", JsonText.node(plan.waves().stream().map(PlanText::names).toList()));
    if (!plan.spec().guards().equals(Guards.NONE)) {
      document.set("guards", guards(plan).document());
    }
    TrafficText traffic = TrafficText.of(plan);
    TrafficReference control = traffic.choice().control();
    if (control != null) {
      document.set("traffic", traffic.document(control));
    }
    document.set("scripts", JsonText.node(plan.scripts()));
    document.set("rollback", rollback(plan.rollback()));
    return document;
  }

  /** Returns what was found on hosts: the defects of each that is not fit. */
  static ObjectNode document(PreflightReport report) {
    ObjectNode unfit = JsonText.object();
    for (PreflightReport.Finding found : report.unfit()) {
      unfit.set(found.host().value(), JsonText.node(found.defects()));
    }
    ObjectNode document = JsonText.object();
    document.put("ready", report.isReady());
    document.set("unfit", unfit);
    return document;
  }

  private static ObjectNode rollback(RollbackPreview rollback) {
    RevisionId revision = rollback.revision();
    ObjectNode document = JsonText.object();
    document.set(
        "events", JsonText.node(rollback.events().stream().map(Enum::name).sorted().toList()));
    document.put("revision", revision == null ? null : revision.sha256());
    document.put("minimumHealthy", rollback.minimumHealthy());
    document.put("hosts", rollback.scope().name());
    document.set("waves", JsonText.node(rollback.waves()));
    document.put("forbidden", rollback.forbidden());
    return document;
  }

  static List<String> lines(Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(plan.spec().application() + "/" + plan.spec().deploymentGroup());
    plan.error()
        .ifPresent(error -> lines.add("  would fail (" + error.code() + "): " + error.message()));
    TrafficText traffic = TrafficText.of(plan);
    lines.add(
        "  %d %s; %d must stay healthy (%s), so %d may be off or failed"
            .formatted(
                traffic.replacements().size(),
                traffic.originals().isEmpty() ? "hosts" : "replacement hosts",
                plan.minimumHealthy(),
                plan.spec().pace().config().minimumHealthyHosts().inWords(),
                plan.failureBudget()));
    GuardText guards = guards(plan);
    lines.addAll(WaveLines.of(plan.waves(), PlanText::shortened, guards::at));
    lines.addAll(traffic.lines(PlanText::shortened));
    lines.addAll(guards.lines());
    ZonalConfig zones = plan.spec().pace().config().zonalConfig();
    if (zones != null) {
      lines.add(inWords(zones));
    }
    for (Map.Entry<String, List<String>> scripts : plan.scripts().entrySet()) {
      lines.add("  " + scripts.getKey() + ": " + String.join(", ", scripts.getValue()));
    }
    if (plan.spec().options().preflight() != null) {
      lines.add("  before anything is touched all hosts are looked at, and have to be fit");
    }
    LateJoiners joiners = plan.spec().options().lateJoiners();
    if (joiners != LateJoiners.IGNORE) {
      lines.add(
          joiners == LateJoiners.REPORT
              ? "  hosts that appear meanwhile are named in the end"
              : "  hosts that appear meanwhile get it afterwards");
    }
    lines.add("  " + inWords(plan.rollback()));
    lines.add("  digest " + plan.digest());
    return lines;
  }

  private static GuardText guards(Plan plan) {
    return new GuardText(plan.spec().guards(), TrafficText.of(plan).replacements().size());
  }

  private static String inWords(ZonalConfig zones) {
    int many = Integer.MAX_VALUE;
    return "  zone by zone: the first is watched for %s, each other but the last for %s"
        .formatted(
            GuardText.inWords(zones.monitorAfter(0, many)),
            GuardText.inWords(zones.monitorAfter(1, many)));
  }

  private static String shortened(List<HostId> wave) {
    int most = 12;
    String names = String.join(", ", names(wave.subList(0, Math.min(most, wave.size()))));
    return wave.size() <= most ? names : names + " and " + (wave.size() - most) + " more";
  }

  private static List<String> names(List<HostId> hosts) {
    return hosts.stream().map(HostId::value).toList();
  }

  private static String inWords(RollbackPreview rollback) {
    if (rollback.events().isEmpty()) {
      return "no automatic rollback";
    }
    String events =
        rollback.events().stream()
            .sorted()
            .map(AutoRollbackEvent::name)
            .collect(Collectors.joining(" or "));
    if (rollback.forbidden() != null) {
      return "no rollback after " + events + ": " + rollback.forbidden();
    }
    RevisionId revision = rollback.revision();
    return revision == null
        ? "no rollback after " + events + ": no revision has worked yet in this group"
        : "after "
            + events
            + " revision "
            + revision.abbreviated()
            + " is deployed again to "
            + (rollback.scope() == RollbackOptions.Scope.ALL ? "all hosts" : "the changed hosts")
            + ", with a floor of "
            + rollback.minimumHealthy()
            + ", in %d waves at most (%s)"
                .formatted(rollback.waves().size(), sizes(rollback.waves()));
  }

  private static String sizes(List<Integer> waves) {
    int most = 12;
    String sizes =
        waves.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", "));
    return waves.size() <= most ? sizes : sizes + ", …";
  }
}
