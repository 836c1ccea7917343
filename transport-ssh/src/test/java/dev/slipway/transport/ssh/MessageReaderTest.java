package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.transport.ssh.Message.Frame;
import dev.slipway.transport.ssh.Message.OutputLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageReaderTest {

  private static List<Message> all(byte[] bytes) throws IOException {
    MessageReader reader = new MessageReader(new ByteArrayInputStream(bytes));
    List<Message> messages = new ArrayList<>();
    for (Message next = reader.next(); next != null; next = reader.next()) {
      messages.add(next);
    }
    return messages;
  }

  private static List<Message> all(String text) throws IOException {
    return all(text.getBytes(UTF_8));
  }

  @Test
  void takes_lines_and_frames_apart() throws IOException {
    assertThat(all("=HELLO 1 0 head\n[stdout]hi\n+ROOT 5\n/a\n/b\n=READY\n"))
        .containsExactly(
            new Frame("HELLO", List.of("1", "0", "head"), new byte[0]),
            new OutputLine("[stdout]hi", 11),
            new Frame("ROOT", List.of(), "/a\n/b".getBytes(UTF_8)),
            new Frame("READY", List.of(), new byte[0]));
  }

  @Test
  void counts_bytes_and_not_characters() throws IOException {
    assertThat(all("[stdout]Grüße\n+X 3\n日\n"))
        .containsExactly(
            new OutputLine("[stdout]Grüße", 16), new Frame("X", List.of(), "日".getBytes(UTF_8)));
  }

  @Test
  void loses_a_line_that_the_end_of_the_channel_cuts() throws IOException {
    assertThat(all("[stdout]whole\n[stdout]ha"))
        .containsExactly(new OutputLine("[stdout]whole", 14));
  }

  @Test
  void brings_an_endless_line_in_pieces() throws IOException {
    List<Message> pieces = all("x".repeat(150_000) + "\n");

    assertThat(pieces).hasSize(3);
    assertThat(pieces.stream().mapToInt(piece -> ((OutputLine) piece).size()).sum())
        .isEqualTo(150_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+X 5\nab", "+X 2\nabc\n"})
  void refuses_a_frame_that_is_cut(String text) {
    assertThatThrownBy(() -> all(text))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("in the middle of a frame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+X many\n", "+X -1\n", "+X 999999999999\n", "+X 2000000000\n"})
  void refuses_a_frame_without_a_possible_size(String text) {
    assertThatThrownBy(() -> all(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("size");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void finds_random_payloads_again(long seed) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Message> written = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] payload = new byte[random.nextInt(300)];
      random.nextBytes(payload);
      bytes.writeBytes(("+P " + i + " " + payload.length + "\n").getBytes(UTF_8));
      bytes.writeBytes(payload);
      bytes.write('\n');
      written.add(new Frame("P", List.of(String.valueOf(i)), payload));
    }

    assertThat(all(bytes.toByteArray())).isEqualTo(written);
  }
}
