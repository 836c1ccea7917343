package dev.slipway.engine.trigger;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.engine.journal.Json;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.trigger.PayloadForm;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages. Region and account, which CodeDeploy's messages begin with, are empty.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-sns-event-notifications-json-format.html">CodeDeploy
 *     user guide, JSON data formats for triggers</a>
 */
final class Payloads {

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Payloads() {}

  static Map<PayloadForm, String> of(
      GroupTriggers group, String trigger, ToldCourse course, Occurrence occurrence) {
    HostId host = occurrence.host();
    if (host != null) {
      String text = Json.write(instance(trigger, course, host));
      return Map.of(PayloadForm.DOCUMENTED, text, PayloadForm.OBSERVED, text);
    }
    return Map.of(
        PayloadForm.DOCUMENTED,
        Json.write(deployment(group, trigger, course, PayloadForm.DOCUMENTED)),
        PayloadForm.OBSERVED,
        Json.write(deployment(group, trigger, course, PayloadForm.OBSERVED)));
  }

  private static Map<String, @Nullable Object> beginning(String trigger) {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("region", "");
    payload.put("accountId", "");
    payload.put("eventTriggerName", trigger);
    return payload;
  }

  private static Map<String, @Nullable Object> deployment(
      GroupTriggers group, String trigger, ToldCourse course, PayloadForm form) {
    boolean observed = form == PayloadForm.OBSERVED;
    Map<String, @Nullable Object> payload = beginning(trigger);
    payload.put("applicationName", group.application());
    payload.put("deploymentId", course.summary().id());
    payload.put("deploymentGroupName", group.deploymentGroup());
    payload.put("createTime", text(course.summary().createdAt()));
    payload.put("completeTime", text(course.completedAt()));
    payload.put("deploymentOverview", structure(overview(course.overview(), observed), observed));
    String status = course.status().wireName();
    payload.put("status", observed ? status.toUpperCase(Locale.ROOT) : status);
    ErrorInformation error = course.error();
    if (error != null) {
      Map<String, Object> information = new LinkedHashMap<>();
      information.put("ErrorCode", error.code().name());
      information.put("ErrorMessage", error.message());
      payload.put("errorInformation", structure(information, observed));
    }
    DeploymentId triggeredBy = course.summary().rollbackOf();
    if (triggeredBy != null) {
      payload.put(
          "rollbackInformation",
          structure(Map.of("RollbackTriggeringDeploymentId", triggeredBy), observed));
    }
    return payload;
  }

  private static Object structure(Map<String, Object> members, boolean asText) {
    return asText ? Json.write(members) : members;
  }

  private static Map<String, Object> overview(DeploymentOverview overview, boolean asNumbers) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("Failed", overview.failed());
    counts.put("InProgress", overview.inProgress());
    counts.put("Pending", overview.pending());
    counts.put("Skipped", overview.skipped());
    counts.put("Succeeded", overview.succeeded());
    Map<String, Object> written = new LinkedHashMap<>();
    counts.forEach((name, count) -> written.put(name, asNumbers ? count : count.toString()));
    return written;
  }

  private static Map<String, @Nullable Object> instance(
      String trigger, ToldCourse course, HostId id) {
    ToldHost host = course.host(id);
    Map<String, @Nullable Object> payload = beginning(trigger);
    payload.put("deploymentId", course.summary().id());
    payload.put("instanceId", id);
    payload.put("lastUpdatedAt", text(host.updatedAt()));
    payload.put("instanceStatus", host.status().wireName());
    payload.put("lifecycleEvents", host.runs().stream().map(Payloads::run).toList());
    return payload;
  }

  private static Map<String, @Nullable Object> run(ToldHost.Run run) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("LifecycleEvent", run.event().wireName());
    members.put("LifecycleEventStatus", run.status().wireName());
    members.put("StartTime", text(run.start()));
    members.put("EndTime", text(run.end()));
    return members;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : TEXT.format(instant);
  }
}
