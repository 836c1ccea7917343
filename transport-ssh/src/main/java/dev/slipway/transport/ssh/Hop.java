package dev.slipway.transport.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SSH server on the way to a host, or the host's own.
 *
 * @param user the account
 * @param address where it is, as seen from the hop before it
 * @param port its port
 */
record Hop(String user, String address, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:([^@\\s]+)@)?(?:\\[([^]\\s]+)]|([^:@\\s\\[\\]]+))(?::(\\d{1,5}))?");
  private static final int DEFAULT_PORT = 22;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads hops, the first one first, in the form of OpenSSH's {@code ProxyJump}: {@code
   * [user@]host[:port]}, separated by commas; an IPv6 address stands in brackets.
   *
   * @param user the account where none is named
   * @throws IllegalArgumentException if one has another form
   */
  static List<Hop> chain(String text, String user) {
    List<Hop> hops = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!text.isBlank()) {
        hops.add(one(part.strip(), user));
      }
    }
    return hops;
  }

  private static Hop one(String text, String user) {
    Matcher parts = FORM.matcher(text);
    int port =
        !parts.matches()
            ? -1
            : parts.group(4) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(4));
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("\"" + text + "\" is not [user@]host[:port]");
    }
    String named = parts.group(1);
    String address = parts.group(2) == null ? parts.group(3) : parts.group(2);
    return new Hop(named == null ? user : named, address, port);
  }

  @Override
  public String toString() {
    return address + ":" + port;
  }
}
