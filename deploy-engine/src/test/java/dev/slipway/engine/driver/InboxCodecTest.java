package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.core.Input;
import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckVerdict;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.testkit.VirtualTimers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InboxCodecTest {

  private static Input.Answered answered(String message, Duration again) {
    return new Input.Answered(
        VirtualTimers.START,
        CheckKind.FLEET_GATE,
        "metrics",
        null,
        1,
        CheckVerdict.NOT_YET,
        message,
        again);
  }

  @Test
  void an_answer_is_brought_into_bounds() {
    assertThat(answered("x".repeat(5_000), ChronoUnit.FOREVER.getDuration()))
        .isEqualTo(answered("x".repeat(4_000), Duration.ofHours(1)));
    assertThat(answered("", Duration.ZERO)).isEqualTo(answered("", Duration.ofSeconds(1)));
  }

  @Test
  void no_character_is_cut_in_two() {
    assertThat(answered("x".repeat(3_999) + "🛑", Duration.ofSeconds(5)).message())
        .isEqualTo("x".repeat(3_999));
  }

  @Test
  void an_approval_of_an_earlier_release_names_no_checkpoint() {
    InboxItem item =
        new InboxItem(
            "APPROVE/d-ABCDEFGHI",
            VirtualTimers.START,
            "Approve",
            "{\"at\":\"%s\",\"by\":\"ann\",\"comment\":\"\"}".formatted(VirtualTimers.START));

    assertThat(InboxCodec.decode(item))
        .isEqualTo(new Input.Approve(VirtualTimers.START, null, "ann", ""));
  }

  @Test
  void a_stored_answer_without_a_text_has_an_empty_one() {
    InboxItem item = InboxCodec.encode("k", answered("slow", Duration.ofSeconds(5)));

    Input read =
        InboxCodec.decode(
            new InboxItem(
                item.key(), item.at(), item.type(), item.json().replace("\"slow\"", "null")));

    assertThat(read).isEqualTo(answered("", Duration.ofSeconds(5)));
  }
}
