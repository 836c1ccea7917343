package dev.slipway.host.local;

import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.plan.HostChoice;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The arguments of a local deployment.
 *
 * @param bundleLocation a directory, an archive or a URI
 * @param type {@code tgz}, {@code tar}, {@code zip} or {@code directory}
 * @param fileExistsBehavior what to do with files in the way
 * @param groupId the deployment group's id: the name of its directory
 * @param groupName the deployment group's name, for scripts
 * @param applicationName the application's name, for scripts
 * @param events what to run, in order; empty for everything
 * @param configurationFile the agent's configuration; empty for none, on another host
 * @param appSpecFile the AppSpec's name in the bundle
 * @param choices what is done otherwise than by default
 * @param eventsAsGiven whether just the events run, without the two commands that they build on
 * @param via where it is carried out; empty for this machine
 * @param dryRun whether only to show what would be done
 */
record LocalOptions(
    String bundleLocation,
    String type,
    String fileExistsBehavior,
    String groupId,
    String groupName,
    String applicationName,
    List<String> events,
    String configurationFile,
    String appSpecFile,
    Set<HostChoice> choices,
    boolean eventsAsGiven,
    String via,
    boolean dryRun) {

  private static final String CONFIGURATION_OPTION = "--agent-configuration-file";

  private static final String STANDARD = DeploymentRoot.AGENT_CONFIGURATION.toString();

  private static final Map<String, String> LONG_NAMES =
      Map.of(
          "-l", "--bundle-location",
          "-t", "--type",
          "-b", "--file-exists-behavior",
          "-g", "--deployment-group",
          "-d", "--deployment-group-name",
          "-a", "--application-name",
          "-e", "--events",
          "-c", CONFIGURATION_OPTION,
          "-A", "--appspec-filename",
          "-w", "--with");

  private static final String VIA = "--via";

  private static final Set<String> NAMES_WITHOUT_LETTER = Set.of(VIA);

  private static final Set<String> SWITCHES = Set.of("--dry-run", "--events-as-given");

  /** How to use the command. */
  static final String USAGE =
      """
      Usage: slipway local [options]
        -l, --bundle-location LOCATION       directory, archive or file: URI (default: this directory)
        -t, --type TYPE                      tgz, tar, zip or directory (default: directory)
        -b, --file-exists-behavior BEHAVIOR  DISALLOW, OVERWRITE or RETAIN (default: DISALLOW)
        -g, --deployment-group ID            whose earlier deployment this one replaces
        -d, --deployment-group-name NAME     name of the deployment group for scripts
        -a, --application-name NAME          name of the application for scripts
        -e, --events EVENT,EVENT             what to run, in order (default: everything)
        -c, --agent-configuration-file FILE  configuration of the agent
        -A, --appspec-filename NAME          the AppSpec in the bundle (default: appspec.yml)
        -w, --with CHOICE,CHOICE             what to do otherwise than by default, see below
            --via ssh://[USER@]HOST[:PORT]   deploy on that host, which needs nothing but an SSH server;
                                             see below
            --events-as-given                run no DownloadBundle and Install but those in --events
        -n, --dry-run                        show what would be done, and do nothing
        -h, --help                           show this and end
        -v, --version                        show the version and end

      After HOST[:PORT] there may be a directory that scripts start in, and settings for SSH, as in
        --via 'ssh://deploy@web-1/srv?sudo=true&jump=edge.example.org&identityFile=~/.ssh/deploy'
      docs/ssh.md has all of them. What they do not say is taken from ~/.ssh/config.

      Exit codes: 0 succeeded; 2 what --via says makes no sense, nothing was touched; 1 everything
      else, as codedeploy-local has it.

      Choices, also as a list slipway_choices in the configuration of the agent:
      """
          + Arrays.stream(HostChoice.values())
              .map(choice -> "  " + choice.optionName() + "\n")
              .collect(Collectors.joining())
          + "docs/host-behaviour.md says what each of them does.\n";

  /** Reads arguments; {@code --name value} and {@code --name=value} are the same. */
  static LocalOptions parse(List<String> arguments, String workingDirectory) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String written = equals < 0 ? argument : argument.substring(0, equals);
      String name = LONG_NAMES.getOrDefault(written, written);
      String switched = argument.equals("-n") ? "--dry-run" : argument;
      if (SWITCHES.contains(switched)) {
        given.put(switched, "");
        continue;
      }
      if (!LONG_NAMES.containsValue(name) && !NAMES_WITHOUT_LETTER.contains(name)) {
        throw new LocalUsageException("unknown option " + argument + "; see slipway local --help");
      }
      if (equals >= 0) {
        given.put(name, argument.substring(equals + 1));
      } else if (i + 1 < arguments.size()) {
        given.put(name, arguments.get(++i));
      } else {
        String problem = "option " + argument + " needs a value";
        throw name.equals(VIA)
            ? LocalUsageException.ofPlace(problem)
            : new LocalUsageException(problem);
      }
    }
    return of(given, workingDirectory);
  }

  private static LocalOptions of(Map<String, String> given, String workingDirectory) {
    String location = given.getOrDefault("--bundle-location", workingDirectory);
    String events = given.getOrDefault("--events", "");
    Set<HostChoice> choices = EnumSet.noneOf(HostChoice.class);
    words(given.getOrDefault("--with", "")).forEach(name -> choices.add(choice("--with", name)));
    if (given.containsKey("--events-as-given") && events.isEmpty()) {
      throw new LocalUsageException("--events-as-given needs --events");
    }
    return new LocalOptions(
        location,
        given.getOrDefault("--type", "directory"),
        given.getOrDefault("--file-exists-behavior", "DISALLOW"),
        given.getOrDefault("--deployment-group", "default-local-deployment-group"),
        given.getOrDefault("--deployment-group-name", "LocalFleet"),
        given.getOrDefault("--application-name", location),
        words(events),
        given.getOrDefault(CONFIGURATION_OPTION, given.containsKey(VIA) ? "" : STANDARD),
        given.getOrDefault("--appspec-filename", AppSpecName.DEFAULT.value()),
        choices,
        given.containsKey("--events-as-given"),
        given.getOrDefault(VIA, ""),
        given.containsKey("--dry-run"));
  }

  private static List<String> words(String list) {
    return list.isEmpty() ? List.of() : List.of(list.split(","));
  }

  /**
   * Returns the choice of a name.
   *
   * @param where where the name stands, for the message
   */
  static HostChoice choice(String where, Object name) {
    return HostChoice.named(name.toString().strip())
        .orElseThrow(
            () ->
                new LocalUsageException(
                    where
                        + ": there is no choice "
                        + name
                        + "; there are "
                        + Arrays.stream(HostChoice.values())
                            .map(HostChoice::optionName)
                            .collect(Collectors.joining(", "))));
  }
}
