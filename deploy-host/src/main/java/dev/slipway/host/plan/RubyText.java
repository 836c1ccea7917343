package dev.slipway.host.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as the messages of AWS's agent, which is a Ruby program, show them. */
public final class RubyText {

  private RubyText() {}

  /** Returns a list of texts as Ruby's {@code inspect} shows it: {@code ["a", "b"]}. */
  public static String inspect(List<String> texts) {
    return texts.stream().map(Json::string).collect(Collectors.joining(", ", "[", "]"));
  }
}
