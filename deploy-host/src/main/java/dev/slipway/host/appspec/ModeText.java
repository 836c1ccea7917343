package dev.slipway.host.appspec;

/** Reads the text of a permission's {@code mode}. */
final class ModeText {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 4;

  private ModeText() {}

  /**
   * Returns three or four octal digits.
   *
   * @throws RejectedText with the agent's message when the text is no mode
   */
  static String parse(String text) throws RejectedText {
    int length = text.codePointCount(0, text.length());
    String mode = length < SHORTEST ? "0".repeat(SHORTEST - length) + text : text;
    if (length > LONGEST) {
      throw new RejectedText(AgentMessages.modeLength(RubyText.shown(mode)));
    }
    for (int i = 0; i < mode.length(); i++) {
      if (mode.charAt(i) < '0' || mode.charAt(i) > '7') {
        throw new RejectedText(
            AgentMessages.modeCharacter(mode, Character.toString(mode.codePointAt(i))));
      }
    }
    return mode;
  }
}
