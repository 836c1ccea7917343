package dev.slipway.transport.ssh.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts in what {@code %h}, {@code ${NAME}} and the like stand for. */
final class Tokens {

  private static final Pattern TOKEN = Pattern.compile("%(.?)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final Map<String, String> values;
  private final Map<String, String> environment;

  private Tokens(Map<String, String> values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  /**
   * Returns those of a host.
   *
   * @param alias the name under which its keys are known, or null for the same as the original one
   */
  static Tokens of(
      String hostName,
      String original,
      @Nullable String alias,
      int port,
      String user,
      LocalAccount account) {
    Map<String, String> values = new HashMap<>();
    values.put("%", "%");
    values.put("h", hostName);
    values.put("n", original);
    values.put("k", alias == null ? original : alias);
    values.put("p", String.valueOf(port));
    values.put("r", user);
    values.put("u", account.user());
    values.put("d", account.home().toString());
    return new Tokens(values, System.getenv());
  }

  /** Returns the name of a host, in which only {@code %h} and {@code %%} have a meaning. */
  static String hostName(ConfigLine line, String original) {
    return new Tokens(Map.of("%", "%", "h", original), Map.of()).tokens(line, line.argument());
  }

  /** Returns the text with both kinds filled in. */
  String fill(ConfigLine line, String text) {
    return variables(line, tokens(line, text));
  }

  private String tokens(ConfigLine line, String text) {
    return TOKEN
        .matcher(text)
        .replaceAll(
            found -> {
              String value = values.get(found.group(1));
              if (value == null) {
                throw line.wrong(
                    found.group() + " has no meaning in " + line.key() + "; there are %" + known());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private String known() {
    return String.join(", %", values.keySet().stream().sorted().toList());
  }

  private String variables(ConfigLine line, String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              String value = environment.get(found.group(1));
              if (value == null) {
                throw line.wrong("the environment variable " + found.group(1) + " is not set");
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
