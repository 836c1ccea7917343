package dev.slipway.host.appspec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.Token;

/**
 * Makes blanks of tabs where the agent's YAML library takes both and ours does not: between a key
 * and its value, and everywhere inside of brackets, so in JSON that is indented with tabs.
 */
final class TabRepair {

  /** What stands before the tab. */
  private enum Place {
    /** Nothing on its line, or a dash: the tab would be indentation. */
    INDENTATION,
    /** Something on its line. */
    SEPARATION,
    /** An open bracket. */
    BRACKETS
  }

  private TabRepair() {}

  /**
   * Returns the text with blanks for the tabs at the index, or empty when no tab may stand there.
   *
   * @param text what failed
   * @param index where a tab was found instead of a token
   */
  static Optional<String> apply(String text, int index) {
    if (index >= text.length() || text.charAt(index) != '\t') {
      return Optional.empty();
    }
    Place place = place(text.substring(0, index));
    if (place == Place.INDENTATION) {
      return Optional.empty();
    }
    StringBuilder repaired = new StringBuilder(text);
    repairRun(repaired, index);
    if (place == Place.BRACKETS) {
      repairLineStarts(repaired, index);
    }
    return Optional.of(repaired.toString());
  }

  private static void repairRun(StringBuilder text, int start) {
    for (int at = start; at < text.length() && "\t ".indexOf(text.charAt(at)) >= 0; at++) {
      text.setCharAt(at, ' ');
    }
  }

  /** Repairs the lines that start with a tab: inside of brackets that is never part of a value. */
  private static void repairLineStarts(StringBuilder text, int from) {
    for (int at = from; at < text.length(); at++) {
      if (text.charAt(at) == '\t' && text.charAt(at - 1) == '\n') {
        repairRun(text, at);
      }
    }
  }

  private static Place place(String before) {
    try {
      Scanner scanner = new ScannerImpl(new StreamReader(before), new LoaderOptions());
      int brackets = 0;
      Token last = null;
      while (!scanner.checkToken(Token.ID.StreamEnd)) {
        Token token = scanner.getToken();
        switch (token.getTokenId()) {
          case FlowMappingStart, FlowSequenceStart -> brackets++;
          case FlowMappingEnd, FlowSequenceEnd -> brackets--;
          default -> {}
        }
        if (token.getTokenId() != Token.ID.BlockEnd) {
          last = token;
        }
      }
      return brackets > 0 ? Place.BRACKETS : afterToken(last, before);
    } catch (YAMLException e) {
      return Place.INDENTATION;
    }
  }

  private static Place afterToken(@Nullable Token last, String before) {
    boolean onLine = last != null && before.lastIndexOf('\n') < last.getEndMark().getIndex();
    return last != null && onLine
        ? switch (last.getTokenId()) {
          case Value, Tag, Anchor, Alias, Scalar, FlowSequenceEnd, FlowMappingEnd, DocumentStart ->
              Place.SEPARATION;
          default -> Place.INDENTATION;
        }
        : Place.INDENTATION;
  }
}
