package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.journal.RecordedJournal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StateFormTest {

  private static final RecordedJournal JOURNAL = RecordedJournal.named("0.1.0/lost-and-back");

  private final RolloutState state = JOURNAL.after(50);
  private final byte[] form = StateForm.write(state);

  @Test
  void what_was_written_is_read() {
    assertThat(StateForm.read(state.definition(), form)).contains(state);
  }

  @Test
  void a_damaged_form_is_not_read() {
    for (int place = 0; place < form.length; place++) {
      byte[] damaged = form.clone();
      damaged[place] ^= 0x10;

      assertThat(StateForm.read(state.definition(), damaged)).as("byte %d", place).isEmpty();
    }
  }

  @Test
  void a_form_that_is_cut_off_is_not_read() {
    for (int length = 0; length < form.length; length++) {
      byte[] part = Arrays.copyOf(form, length);

      assertThat(StateForm.read(state.definition(), part)).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void a_body_that_makes_no_sense_is_not_read() {
    SplittableRandom random = new SplittableRandom(20261125);
    for (int round = 0; round < 5_000; round++) {
      byte[] body = new byte[random.nextInt(1, 200)];
      random.nextBytes(body);

      assertThat(new StateReader(state.definition(), new ByteReader(body, 0)).read()).isEmpty();
    }
  }

  @Test
  void the_form_of_another_rollout_is_not_read() {
    RolloutDefinition other = definition(new DeploymentId("d-ANOTHER01"), allHosts());
    RolloutDefinition smaller =
        definition(state.definition().deployment(), allHosts().subList(0, 2));

    assertThat(StateForm.read(other, form)).isEmpty();
    assertThat(StateForm.read(smaller, form)).isEmpty();
  }

  @Test
  void numbers_of_any_size_are_read_as_they_were_written() {
    ByteWriter out = new ByteWriter();
    List<Long> numbers = List.of(0L, 1L, 127L, 128L, -1L, 300L, Long.MAX_VALUE, Long.MIN_VALUE);
    numbers.forEach(out::number);
    numbers.forEach(out::signed);
    out.text("\u00fc\0");
    ByteReader in = new ByteReader(out.written(), 0);

    numbers.forEach(number -> assertThat(in.number()).isEqualTo(number));
    numbers.forEach(number -> assertThat(in.signed()).isEqualTo(number));
    assertThat(in.text()).isEqualTo("\u00fc\0");
    assertThat(in.isAtEnd()).isTrue();
  }

  private List<ScheduledHost> allHosts() {
    return state.definition().hosts();
  }

  private RolloutDefinition definition(DeploymentId deployment, List<ScheduledHost> hosts) {
    return new RolloutDefinition(
        deployment,
        state.definition().creator(),
        hosts,
        state.definition().pace(),
        state.definition().lifecycle(),
        state.definition().rollback());
  }
}
