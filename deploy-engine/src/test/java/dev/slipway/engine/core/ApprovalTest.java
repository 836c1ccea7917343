package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.Guards;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Somebody approves one checkpoint, and no other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ApprovalTest {

  private static Checkpoint after(int hosts) {
    return Checkpoint.after(WaveSize.count(hosts)).approval(Approval.of(""));
  }

  /** Four hosts a, b, c, d with a checkpoint after the first and one after the second. */
  private static Rollouts begun() {
    Guards guards = Guards.NONE.with(after(1)).with(after(2));
    return Rollouts.of(Rollouts.definition(4, 3).with(guards)).begin().succeeds("a");
  }

  private static Rollouts approve(Rollouts rollout, int checkpoint) {
    return rollout.take(new Input.Approve(rollout.now(), checkpoint, "ann", ""));
  }

  @Test
  void a_repeated_approval_does_not_count_for_the_next_checkpoint() {
    Rollouts rollout = approve(begun(), 1).succeeds("b");

    approve(rollout, 1);

    assertThat(rollout.state().awaitedApproval()).hasValue(2);
    assertThat(rollout.last().events()).isEmpty();
    assertThat(approve(rollout, 2).state().counts().inFlight()).isEqualTo(2);
    assertThat(rollout.state().awaitedApproval()).isEmpty();
  }

  @Test
  void a_late_rejection_does_not_stop_it_at_the_next_checkpoint() {
    Rollouts rollout = approve(begun(), 1).succeeds("b");

    rollout.take(new Input.Reject(rollout.now(), 1, "bob", ""));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    assertThat(rollout.state().ending().isDraining()).isFalse();
  }

  @Test
  void a_checkpoint_is_not_approved_before_it_is_reached() {
    Rollouts rollout = approve(begun(), 2);

    assertThat(rollout.state().awaitedApproval()).hasValue(1);
    assertThat(approve(rollout, 1).succeeds("b").state().awaitedApproval()).hasValue(2);
  }

  @Test
  void an_approval_of_an_earlier_release_is_for_the_checkpoint_at_which_it_stands() {
    Rollouts rollout = begun();

    rollout.take(new Input.Approve(rollout.now(), null, "ann", ""));

    assertThat(rollout.state().counts().inFlight()).isEqualTo(1);
  }

  @Test
  void it_is_waited_for_from_the_end_of_the_bake_and_may_come_before() {
    Checkpoint watched =
        Checkpoint.after(WaveSize.count(1))
            .bake(Duration.ofHours(2))
            .approval(new Approval("", Duration.ofMinutes(30)));
    RolloutDefinition definition = Rollouts.definition(4, 3).with(Guards.NONE.with(watched));
    Rollouts silent = Rollouts.of(definition).begin().succeeds("a");
    Rollouts early = Rollouts.of(definition).begin().succeeds("a");
    approve(early, 1).after(Duration.ofHours(2));

    silent.after(Duration.ofHours(2));
    assertThat(silent.state().ending().isDraining()).isFalse();
    silent.after(Duration.ofMinutes(30));

    assertThat(silent.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(early.state().counts().inFlight()).isEqualTo(3);
  }
}
