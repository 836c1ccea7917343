package dev.slipway.engine.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.domain.RollbackInfo;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutStarted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a rollout began and how it ended, by its events. */
final class Course implements EventVisitor {

  private Instant at = Instant.EPOCH;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private @Nullable ErrorInformation error;
  private @Nullable DeploymentId rollback;
  private String rollbackMessage = "";

  private Course() {}

  static Course of(List<RecordedEvent> events) {
    Course course = new Course();
    for (RecordedEvent event : events) {
      course.at = event.at();
      event.event().accept(course);
    }
    return course;
  }

  @Override
  public void rolloutStarted(RolloutStarted event) {
    startedAt = at;
  }

  @Override
  public void rolloutEnded(RolloutEnded event) {
    endedAt = at;
    error = event.error();
  }

  @Override
  public void rollbackPlanned(RollbackPlanned event) {
    rollback = event.rollback();
    rollbackMessage = "automatic rollback started";
  }

  @Override
  public void rollbackSkipped(RollbackSkipped event) {
    rollbackMessage = event.reason();
  }

  @Nullable Instant startedAt() {
    return startedAt;
  }

  @Nullable Instant endedAt() {
    return endedAt;
  }

  @Nullable ErrorInformation error() {
    return error;
  }

  @Nullable RollbackInfo rollback(@Nullable DeploymentId triggeredBy) {
    return rollback == null && triggeredBy == null && rollbackMessage.isEmpty()
        ? null
        : new RollbackInfo(rollback, triggeredBy, rollbackMessage);
  }
}
