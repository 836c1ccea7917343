package dev.slipway.transport.ssh.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the lines say of one host: the first value of each key counts, files of keys add up. */
final class Evaluation {

  /** Of these two the first one counts, and the other is as if it were not there. */
  private static final Map<String, String> OTHER_WAY =
      Map.of("proxyjump", "proxycommand", "proxycommand", "proxyjump");

  private static final Set<String> WITHOUT_VALUE = Set.of("all", "final", "canonical");

  private final String original;
  private final @Nullable String user;
  private final LocalAccount account;
  private final Map<String, List<ConfigLine>> said = new HashMap<>();
  private String name;
  private boolean wantsLastPass;
  private boolean isLastPass;

  private Evaluation(String original, @Nullable String user, LocalAccount account) {
    this.original = original;
    this.name = original;
    this.user = user;
    this.account = account;
  }

  /**
   * Returns the lines that count for a host, by key.
   *
   * @param user the account on the host if it is known from elsewhere, which then wins
   */
  static Map<String, List<ConfigLine>> of(
      List<List<ConfigLine>> files, String original, @Nullable String user, LocalAccount account) {
    Evaluation evaluation = new Evaluation(original, user, account);
    files.forEach(file -> evaluation.file(file, true));
    if (evaluation.wantsLastPass) {
      evaluation.fixHostName();
      files.forEach(file -> evaluation.file(file, true));
    }
    return evaluation.said;
  }

  /** From now on the host is what it was found to be, and {@code Host} means that name too. */
  private void fixHostName() {
    name = hostName();
    said.computeIfAbsent(
        "hostname",
        first ->
            List.of(
                new ConfigLine(
                    Path.of("Match final"),
                    0,
                    first,
                    List.of(name.replace("%", "%%")),
                    List.of())));
    isLastPass = true;
  }

  /** What an inactive block includes stays inactive, whatever it says. */
  private void file(List<ConfigLine> lines, boolean isActive) {
    boolean active = isActive;
    for (ConfigLine line : lines) {
      switch (line.key()) {
        case "host" -> active = isActive && Patterns.matchesOneOf(line.arguments(), name);
        case "match" -> active = matches(line, isActive);
        case "include" -> {
          for (List<ConfigLine> file : line.included()) {
            file(file, active);
          }
        }
        default -> {
          if (active) {
            note(line);
          }
        }
      }
    }
  }

  private void note(ConfigLine line) {
    String other = OTHER_WAY.get(line.key());
    if (other != null && said.containsKey(other)) {
      return;
    }
    List<ConfigLine> lines = said.computeIfAbsent(line.key(), first -> new ArrayList<>());
    boolean isNew = lines.stream().noneMatch(known -> known.arguments().equals(line.arguments()));
    if (lines.isEmpty() || (HostConfig.ADDING_UP.contains(line.key()) && isNew)) {
      lines.add(line);
    }
  }

  /**
   * Every criterion is looked at, though one that is not known here only matters where the others
   * fit: elsewhere the block is passed over, whatever that one says.
   */
  private boolean matches(ConfigLine line, boolean isActive) {
    boolean matches = isActive;
    String unknown = "";
    Iterator<String> words = line.arguments().iterator();
    while (words.hasNext()) {
      String word = words.next();
      int equals = word.indexOf('=');
      String criterion = (equals < 0 ? word : word.substring(0, equals)).toLowerCase(Locale.ROOT);
      boolean isNegated = criterion.startsWith("!");
      String name = isNegated ? criterion.substring(1) : criterion;
      if (name.equals("final")) {
        wantsLastPass = true;
      }
      if (WITHOUT_VALUE.contains(name)) {
        matches &= (name.equals("all") || isLastPass) != isNegated;
        continue;
      }
      if (equals < 0 && !words.hasNext()) {
        throw line.wrong("match " + name + " needs a value");
      }
      String value = equals < 0 ? words.next() : word.substring(equals + 1);
      Optional<Boolean> fits = fits(name, Patterns.list(value));
      if (fits.isPresent()) {
        matches &= fits.get() != isNegated;
      } else {
        unknown = name;
      }
    }
    if (matches && !unknown.isEmpty()) {
      throw line.wrong(
          "match "
              + unknown
              + " is not supported, and to leave it out could change the rest; there are all,"
              + " final, canonical, host, originalhost, user and localuser");
    }
    return matches;
  }

  /** Returns whether a criterion fits; empty for one that is not known here. */
  private Optional<Boolean> fits(String criterion, List<String> patterns) {
    return switch (criterion) {
      case "host" ->
          Optional.of(Patterns.matchesOneOf(small(patterns), hostName().toLowerCase(Locale.ROOT)));
      case "originalhost" ->
          Optional.of(Patterns.matchesOneOf(small(patterns), original.toLowerCase(Locale.ROOT)));
      case "user" -> Optional.of(Patterns.matchesOneOf(patterns, userSoFar()));
      case "localuser" -> Optional.of(Patterns.matchesOneOf(patterns, account.user()));
      default -> Optional.empty();
    };
  }

  private static List<String> small(List<String> patterns) {
    return patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList();
  }

  private String hostName() {
    List<ConfigLine> lines = said.get("hostname");
    return lines == null ? original : Tokens.hostName(lines.get(0), original);
  }

  private String userSoFar() {
    if (user != null) {
      return user;
    }
    List<ConfigLine> lines = said.get("user");
    return lines == null ? account.user() : lines.get(0).argument();
  }
}
