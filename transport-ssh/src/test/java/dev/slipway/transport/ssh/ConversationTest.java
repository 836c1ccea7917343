package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConversationTest {

  private static final int PIECE = 32 * 1024;

  /** A link that takes what is sent at a certain speed: so much between two probes. */
  private static final class SlowLink implements RunnerLink {

    private final CompletableFuture<Conversation> probed = new CompletableFuture<>();
    private final int perProbe;
    private final boolean answers;
    private final boolean ended;
    private long sent;
    private boolean closed;

    SlowLink(int perProbe, boolean answers, boolean ended) {
      this.perProbe = perProbe;
      this.answers = answers;
      this.ended = ended;
    }

    @Override
    public OutputStream toRunner() {
      return new OutputStream() {
        @Override
        public void write(int one) {
          // A single byte passes at once.
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
          sent += length;
          for (; sent >= perProbe; sent -= perProbe) {
            CompletableFuture.runAsync(() -> probed.join().probe()).join();
          }
        }
      };
    }

    @Override
    public InputStream fromRunner() {
      return InputStream.nullInputStream();
    }

    @Override
    public void whenHeard(Runnable listener) {
      // Nothing will come.
    }

    @Override
    public boolean hasEnded() {
      return ended;
    }

    @Override
    public String complaints() {
      return "";
    }

    @Override
    public boolean answers() {
      return answers;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static boolean isClosedWhileSendingOver(SlowLink link) throws IOException {
    Conversation conversation = new Conversation(link);
    link.probed.complete(conversation);
    byte[] plan = new byte[40 * PIECE];
    new Random(1).nextBytes(plan);
    conversation.send("plan", plan);
    return link.closed;
  }

  @Test
  void what_is_sent_slowly_is_not_taken_for_stuck() throws IOException {
    assertThat(isClosedWhileSendingOver(new SlowLink(PIECE, false, false))).isFalse();
  }

  @Test
  void a_host_that_takes_nothing_for_a_while_and_answers_is_not_taken_for_gone()
      throws IOException {
    assertThat(isClosedWhileSendingOver(new SlowLink(PIECE / 8, true, false))).isFalse();
  }

  @Test
  void a_host_that_takes_nothing_and_does_not_answer_is_taken_for_gone() throws IOException {
    assertThat(isClosedWhileSendingOver(new SlowLink(PIECE / 8, false, false))).isTrue();
  }

  @Test
  void a_runner_that_has_ended_is_sent_no_more_though_its_host_answers() throws IOException {
    assertThat(isClosedWhileSendingOver(new SlowLink(PIECE / 8, true, true))).isTrue();
  }

  @Test
  void a_question_that_is_not_answered_in_time_ends_the_link() {
    ScriptedHost host = new ScriptedHost();
    RunnerLink link = host.link();
    Conversation conversation = new Conversation(link, Duration.ofMillis(1));

    assertThatThrownBy(conversation::have)
        .isInstanceOfSatisfying(
            LinkFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(UnreachableReason.TIMED_OUT);
              assertThat(failure.text()).startsWith("The host did not answer within");
            });
    assertThat(link.hasEnded()).isTrue();
  }
}
