package dev.slipway.transport.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as {@code ProxyJump} names it.
 *
 * @param user the account, if it is said
 * @param name its name, which a configuration may know more about
 * @param port its port, if it is said
 */
record Destination(Optional<String> user, String name, OptionalInt port) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:ssh://)?(?:([^@\\s]+)@)?(?:\\[([^]\\s]+)]|([^:@/\\s\\[\\]]+))(?::(\\d{1,5}))?/?");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads servers, the first one first, in the form of OpenSSH's {@code ProxyJump}: {@code
   * [user@]host[:port]}, separated by commas; an IPv6 address stands in brackets. Nothing and
   * {@code none} are no servers.
   *
   * @throws IllegalArgumentException if one has another form
   */
  static List<Destination> chain(String text) {
    List<Destination> chain = new ArrayList<>();
    if (!text.isBlank() && !text.strip().equalsIgnoreCase("none")) {
      for (String part : text.split(",", -1)) {
        chain.add(one(part.strip()));
      }
    }
    return chain;
  }

  private static Destination one(String text) {
    Matcher parts = FORM.matcher(text);
    boolean isGood = parts.matches();
    String digits = isGood ? parts.group(4) : null;
    OptionalInt port =
        digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    if (!isGood || port.orElse(1) < 1 || port.orElse(1) > HIGHEST_PORT) {
      throw new IllegalArgumentException("\"" + text + "\" is not [user@]host[:port]");
    }
    String name = parts.group(2) == null ? parts.group(3) : parts.group(2);
    return new Destination(Optional.ofNullable(parts.group(1)), name, port);
  }
}
