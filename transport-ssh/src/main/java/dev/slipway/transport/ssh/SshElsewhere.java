package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.host.exec.CommandExecutor;
import dev.slipway.host.local.Elsewhere;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.transport.ssh.config.LocalAccount;
import dev.slipway.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out local deployments on hosts that are reached over SSH. A place is {@code
 * ssh://[user@]host[:port][/directory][?setting=value&…]}: the directory of the host that relative
 * destinations start from, and scripts, {@code /} by default, and settings as {@link SshTransport}
 * has them for hosts.
 *
 * <p>Thread-safe.
 */
public final class SshElsewhere implements Elsewhere {

  private static final Pattern WITH_PASSWORD = Pattern.compile("\\w+://[^/?#@]*:[^/?#]*@");

  private static final Pattern SERVER =
      Pattern.compile("(?:(?<user>[^@:]+)@)?(?<host>\\[[^]]+]|[^@:\\[\\]]+)(?::(?<port>\\d+))?");

  private final SshOptions options;
  private final SshConfig config;
  private final Dialer dialer;

  private SshElsewhere(SshOptions options, Dialer dialer) {
    this.options = options;
    this.config = SshConfig.of(options.configFiles(), LocalAccount.ofThisProcess());
    this.dialer = dialer;
  }

  /** Returns a way to hosts with these options. */
  public static SshElsewhere with(SshOptions options) {
    ConnectionPolicy policy = options.connections().withIdle(Duration.ZERO);
    return new SshElsewhere(options, new SshjDialer(options.withConnections(policy)));
  }

  /** Returns a way to hosts whose runners are started in their own way. */
  static SshElsewhere with(SshOptions options, Dialer dialer) {
    return new SshElsewhere(options, dialer);
  }

  @Override
  public CommandExecutor reach(Task task) throws IOException {
    URI place = uri(task.place());
    try {
      Host host = host(place, task);
      HostSettings settings = HostSettings.of(host, options.hostDefaults(), config);
      String directory = place.getPath().isEmpty() ? "/" : place.getPath();
      return ShellExecutor.reach(host, settings, task, directory, options, dialer);
    } catch (IllegalArgumentException e) {
      throw new RequestException("--via " + task.place() + ": " + e.getMessage(), e);
    } catch (LinkFailure e) {
      throw new IOException(e.text(), e);
    } catch (HostUnfitException e) {
      throw new IOException(e.text(), e);
    } catch (IOException e) {
      throw new IOException(
          "The connection to " + place.getRawAuthority() + " broke while it was made: " + e, e);
    }
  }

  private static URI uri(String place) {
    if (WITH_PASSWORD.matcher(place).lookingAt()) {
      throw new RequestException(
          "--via must not hold a password: everybody on this machine could read it. Log in with a"
              + " key, or say where the password is, as ?password=env:NAME or"
              + " ?password=file:PATH");
    }
    URI uri = null;
    try {
      uri = new URI(place);
    } catch (URISyntaxException e) {
      // Said below, as for any other form.
    }
    if (uri == null
        || !"ssh".equals(uri.getScheme())
        || uri.getRawAuthority() == null
        || !SERVER.matcher(uri.getRawAuthority()).matches()) {
      throw new RequestException(
          "--via must be ssh://[user@]host[:port][/directory][?setting=value&...], but was "
              + place);
    }
    return uri;
  }

  private static Host host(URI place, Task task) {
    Map<String, String> settings = new TreeMap<>(query(place.getRawQuery()));
    // A URI takes names with an underscore apart no further.
    Matcher server = SERVER.matcher(place.getRawAuthority());
    boolean unused = server.matches();
    if (server.group("user") != null) {
      settings.put("user", URLDecoder.decode(server.group("user").replace("+", "%2B"), UTF_8));
    }
    if (server.group("port") != null) {
      settings.put("port", server.group("port"));
    }
    if (!task.root().isEmpty()) {
      settings.put("deploymentRoot", task.root());
    }
    Set<String> choices = new TreeSet<>(Set.of(settings.getOrDefault("choices", "")));
    task.choices().stream().map(HostChoice::optionName).forEach(choices::add);
    settings.put("choices", String.join(",", choices));
    String address = bare(server.group("host"));
    return new Host(new HostId(address), address, "", Map.of(), settings);
  }

  /** Only a URI has brackets around an IPv6 address. */
  private static String bare(String address) {
    return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
  }

  private static Map<String, String> query(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    return Stream.of(query.split("&", -1))
        .map(setting -> setting.split("=", 2))
        .collect(
            Collectors.toMap(
                setting -> URLDecoder.decode(setting[0], UTF_8),
                setting -> setting.length == 2 ? URLDecoder.decode(setting[1], UTF_8) : "",
                (first, second) -> second));
  }
}
