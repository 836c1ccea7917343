package dev.slipway.host.exec;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of an environment a script may see: an allow-list, because the environment of whoever embeds
 * this library holds secrets.
 *
 * @param inherited what every script gets, besides the variables of its deployment
 */
public record HookEnvironment(Map<String, String> inherited) {

  private static final Set<String> ALLOWED =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR");

  private static final Set<String> HARMFUL =
      Set.of(
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_KEY",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          "AWS_CREDENTIAL_FILE",
          "AWS_CREDENTIALS_FILE",
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "BASH_ENV",
          "ENV");

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Copies the map in. */
  public HookEnvironment {
    inherited = Collections.unmodifiableMap(new TreeMap<>(inherited));
  }

  /**
   * Returns an environment as AWS's agent of version 1 hands it on: all of it, but without
   * credentials of AWS and without what makes programs load or run other code.
   */
  public static HookEnvironment inheriting(Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>(environment);
    kept.keySet()
        .removeIf(
            name ->
                HARMFUL.contains(name)
                    || name.startsWith("LD_")
                    || name.startsWith("DYLD_")
                    || name.startsWith("BASH_FUNC_"));
    kept.putIfAbsent("PATH", DEFAULT_PATH);
    return new HookEnvironment(kept);
  }

  /** Returns the harmless part of an environment: search path, home, account, language, zone. */
  public static HookEnvironment filtered(Map<String, String> environment) {
    return filtered(environment, Set.of());
  }

  /**
   * Returns the harmless part of an environment and the named variables.
   *
   * @param alsoAllowed names that the caller vouches for
   */
  public static HookEnvironment filtered(Map<String, String> environment, Set<String> alsoAllowed) {
    Map<String, String> kept = new TreeMap<>();
    kept.put("PATH", DEFAULT_PATH);
    environment.forEach(
        (name, value) -> {
          if (ALLOWED.contains(name) || name.startsWith("LC_") || alsoAllowed.contains(name)) {
            kept.put(name, value);
          }
        });
    return new HookEnvironment(kept);
  }
}
