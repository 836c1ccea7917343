package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.fleet.Host;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.preflight.HostDefect;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostNeeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one host says of itself before it is deployed to. For one thread, but for {@link #breakOff}.
 */
final class HostLook {

  /** The files of the program that looks, in order: it asks for what the runner asks for. */
  static final List<String> PARTS = List.of("runner-6-hello.sh", "preflight.sh");

  private static final int BYTES_OF_A_KILOBYTE = 1024;
  private static final int MOST_NOISE = 500;

  private final Host host;
  private final HostSettings settings;
  private final StringBuilder noise = new StringBuilder();
  private final List<HostDefect> defects = new ArrayList<>();
  private final List<HostCondition.FreeSpace> spaces = new ArrayList<>();
  private String account = "";
  private boolean isRoot = true;
  private String root = "";
  private @Nullable Instant clock;
  private volatile boolean isAnswered;
  private boolean isHeard;
  private volatile boolean brokenOff;
  private volatile @Nullable RunnerLink open;

  HostLook(Host host, HostSettings settings) {
    this.host = host;
    this.settings = settings;
  }

  /** Looks. Blocks until the host has answered or the look is broken off. */
  HostCondition with(Dialer dialer, HostNeeds needs) {
    String given = settings.deploymentRoot();
    RunnerRequest request =
        new RunnerRequest(
            given.isEmpty() ? "" : settings.hostRoot() + given,
            "preflight",
            "preflight",
            "",
            "",
            settings.hostRoot(),
            "");
    try {
      RunnerLink link = dialer.dial(host, settings, request);
      open = link;
      return brokenOff ? silent("") : conversation(link, needs);
    } catch (LinkFailure e) {
      return HostCondition.unfit(HostDefect.Kind.UNREACHABLE, e.text());
    } catch (IOException e) {
      return silent(" (" + e + ")");
    } finally {
      letGo();
    }
  }

  private void letGo() {
    RunnerLink link = open;
    if (link != null && !isAnswered) {
      link.close();
    }
  }

  /** Ends the look; whoever waits for the host is let go. */
  void breakOff() {
    brokenOff = true;
    letGo();
  }

  private HostCondition conversation(RunnerLink link, HostNeeds needs) throws IOException {
    OutputStream toHost = link.toRunner();
    toHost.write(questions(needs).getBytes(UTF_8));
    toHost.flush();
    BufferedReader lines = new BufferedReader(new InputStreamReader(link.fromRunner(), UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("=LOOKED")) {
        // Nothing more comes, and the deployment may be next.
        isAnswered = true;
        link.leave();
        return new HostCondition(account, isRoot, clock, spaces, defects);
      }
      if (line.startsWith("=")) {
        hear(line.substring(1));
      } else if (noise.length() < MOST_NOISE) {
        noise.append(line).append(' ');
      }
    }
    String said = (noise + link.complaints()).strip();
    return settings.sudo() && !isHeard && !brokenOff
        ? HostCondition.unfit(
            HostDefect.Kind.LOGIN,
            "sudo does not let "
                + settings.server().user()
                + " work as root. It said: "
                + said
                + ". Allow it (NOPASSWD), or set sudoPassword")
        : silent(said.isEmpty() ? "" : " It said: " + said);
  }

  private HostCondition silent(String said) {
    return HostCondition.unfit(
        HostDefect.Kind.UNREACHABLE,
        settings.server() + " broke off before it had answered." + said);
  }

  private static String questions(HostNeeds needs) {
    StringBuilder questions = new StringBuilder();
    needs.destinations().stream()
        // Where a home is can be somewhere else once the account has been made.
        .filter(destination -> !destination.startsWith("~"))
        .map(HostPaths.PLAIN::place)
        .forEach(destination -> ask(questions, "DESTINATION", destination));
    needs.accounts().forEach(name -> ask(questions, "ACCOUNT", name));
    needs.groups().forEach(name -> ask(questions, "GROUP", name));
    needs.tools().forEach(name -> ask(questions, "TOOL", name));
    return questions.append("LOOK\n").toString();
  }

  /** What has a line break in its name is not asked for. */
  private static void ask(StringBuilder questions, String word, String name) {
    if (name.indexOf('\n') < 0) {
      questions.append(word).append(' ').append(name).append('\n');
    }
  }

  /** What does not make sense is something that the host prints of its own accord. */
  private void hear(String answer) {
    try {
      take(answer);
      isHeard = true;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      noise.append(answer).append(' ');
    }
  }

  private void take(String answer) {
    int space = answer.indexOf(' ');
    String word = space < 0 ? answer : answer.substring(0, space);
    String text = space < 0 ? "" : answer.substring(space + 1);
    switch (word) {
      case "CLOCK" -> clock = Instant.ofEpochSecond(Long.parseLong(text));
      case "USER" -> {
        isRoot = text.startsWith("0 ");
        account = text.substring(text.indexOf(' ') + 1);
      }
      case "ROOT" -> root = text;
      case "SPACE" -> {
        int end = text.indexOf(' ');
        long free = Long.parseLong(text.substring(0, end)) * BYTES_OF_A_KILOBYTE;
        spaces.add(new HostCondition.FreeSpace(text.substring(end + 1), free));
      }
      case "READONLY" ->
          add(HostDefect.Kind.NOT_WRITABLE, "nothing can be written to " + text + " there");
      case "AGENT" -> agent(text);
      case "MISSING" ->
          add(HostDefect.Kind.TOOL, "it lacks what a deployment needs: " + text + ". Install it");
      case "NOTOOL" ->
          add(HostDefect.Kind.TOOL, "there is no program " + text + ", which its AppSpec needs");
      case "NOACCOUNT" ->
          add(HostDefect.Kind.ACCOUNT, "there is no account " + text + ": create it");
      case "NOGROUP" -> add(HostDefect.Kind.ACCOUNT, "there is no group " + text + ": create it");
      default -> noise.append(answer).append(' ');
    }
  }

  private void agent(String process) {
    if (!settings.adopt() && !settings.choices().contains(HostChoice.BESIDE_AGENT)) {
      add(
          HostDefect.Kind.AGENT,
          "the CodeDeploy agent of AWS runs there (process "
              + process
              + ") with the deployment root "
              + root
              + ". Stop it, or set adopt to work beside it");
    }
  }

  private void add(HostDefect.Kind kind, String message) {
    defects.add(new HostDefect(kind, message));
  }
}
