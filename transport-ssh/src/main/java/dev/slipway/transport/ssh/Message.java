package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Something that the runner on a host said. */
sealed interface Message {

  /**
   * A line that the running event wrote.
   *
   * @param text the line, without its newline
   * @param size its length in bytes, with its newline
   */
  record OutputLine(String text, int size) implements Message {}

  /**
   * A frame of the runner itself.
   *
   * @param word what it is
   * @param arguments what follows the word on the line
   * @param payload the bytes that came with it; empty when there were none
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is by content, see below
  record Frame(String word, List<String> arguments, byte[] payload) implements Message {

    /** Copies the list in. */
    public Frame {
      arguments = List.copyOf(arguments);
    }

    boolean is(String wanted) {
      return word.equals(wanted);
    }

    /** Returns an argument, counted from 0; empty when there are not so many. */
    String argument(int index) {
      return index < arguments.size() ? arguments.get(index) : "";
    }

    /** Returns the payload as text. */
    String text() {
      return new String(payload, UTF_8);
    }

    @Override
    public String toString() {
      return "=" + word + " " + String.join(" ", arguments) + " +" + payload.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Frame frame
          && word.equals(frame.word)
          && arguments.equals(frame.arguments)
          && Arrays.equals(payload, frame.payload);
    }

    @Override
    public int hashCode() {
      return word.hashCode() * 31 + arguments.hashCode();
    }
  }
}
