package dev.slipway.host.appspec;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.AclEntry.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of {@code acls}: {@code [d:][u|g|m|o:]name:rights}, read from the right.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-permissions.html">
 *     The permissions section</a>
 */
final class AclText {

  private AclText() {}

  /**
   * Reads an entry.
   *
   * @throws RejectedText with the agent's message when it is none
   */
  static AclEntry parse(String text) throws RejectedText {
    String[] parts = text.split(":", -1);
    int count = parts.length;
    if (count < 2 || count > 4) {
      throw new RejectedText(AgentMessages.acl(RubyText.shown(text)));
    }
    boolean isDefault = count == 4;
    if (isDefault && !isDefaultWord(parts[0])) {
      throw new RejectedText(AgentMessages.acl(RubyText.shown(text)));
    }
    Kind kind = null;
    if (count >= 3) {
      String word = parts[count - 3];
      kind = kindOf(word);
      if (kind == null && (isDefault || !isDefaultWord(word))) {
        throw new RejectedText(AgentMessages.acl(RubyText.shown(text)));
      }
      isDefault |= kind == null;
    }
    return finish(text, isDefault, kind, parts[count - 2], parts[count - 1]);
  }

  private static AclEntry finish(
      String text, boolean isDefault, @Nullable Kind given, String name, String rights)
      throws RejectedText {
    Kind word = nameWord(name);
    Kind kind = given != null ? given : word != null ? word : Kind.USER;
    String who = word == null ? name : given == null ? "" : word.word();
    if ((kind == Kind.MASK || kind == Kind.OTHER) && !who.isEmpty()) {
      throw new RejectedText(AgentMessages.acl(RubyText.shown(text)));
    }
    if (!isDefault && kind != Kind.MASK && who.isEmpty()) {
      throw new RejectedText(AgentMessages.aclBase(RubyText.shown(text)));
    }
    return new AclEntry(isDefault, kind, who, bits(text, rights));
  }

  /** Returns what the name means when it is a word for mask or other, else null. */
  private static @Nullable Kind nameWord(String name) {
    return switch (name) {
      case "m", "mask" -> Kind.MASK;
      case "o", "other" -> Kind.OTHER;
      default -> null;
    };
  }

  private static boolean isDefaultWord(String word) {
    return word.equals("d") || word.equals("default");
  }

  private static @Nullable Kind kindOf(String word) {
    return switch (word) {
      case "u", "user" -> Kind.USER;
      case "g", "group" -> Kind.GROUP;
      case "m", "mask" -> Kind.MASK;
      case "o", "other" -> Kind.OTHER;
      default -> null;
    };
  }

  private static int bits(String text, String rights) throws RejectedText {
    if (rights.length() == 1 && rights.charAt(0) >= '0' && rights.charAt(0) <= '7') {
      return rights.charAt(0) - '0';
    }
    int bits = 0;
    for (int i = 0; i < rights.length(); i = rights.offsetByCodePoints(i, 1)) {
      bits |=
          switch (rights.charAt(i)) {
            case 'r' -> 4;
            case 'w' -> 2;
            case 'x' -> 1;
            case '-' -> 0;
            default ->
                throw new RejectedText(
                    AgentMessages.aclCharacter(
                        RubyText.shown(text), Character.toString(rights.codePointAt(i))));
          };
    }
    return bits;
  }
}
