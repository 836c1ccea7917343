package dev.slipway.examples.cli;

import dev.slipway.host.exec.HostStatus;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What deployments have left on a host, in words. */
final class HostStatusText {

  private HostStatusText() {}

  static List<String> of(HostStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add("deployment root " + status.root());
    if (status.agent() != null) {
      lines.add("  the CodeDeploy agent of AWS works on it, process " + status.agent());
    }
    if (status.groups().isEmpty()) {
      lines.add("  nothing was deployed here");
    }
    status.groups().forEach(group -> add(group, lines));
    status.logs().forEach(log -> lines.add("log of all deployments " + log));
    return lines;
  }

  private static void add(HostStatus.Group group, List<String> lines) {
    lines.add("deployment group " + group.id());
    lines.add("  installed   " + text(group.lastInstalled()));
    lines.add("  downloaded  " + text(group.lastDownloaded()));
    lines.add("  files       " + text(group.install()));
    if (!group.install().remedy().isEmpty()) {
      lines.add("              " + group.install().remedy());
    }
    group.deployments().forEach(deployment -> add(deployment, lines));
  }

  private static String text(HostStatus.@Nullable Remembered remembered) {
    if (remembered == null) {
      return "nothing";
    }
    return remembered.id()
        + (remembered.isThere() ? "" : ", whose directory is gone: " + remembered.directory());
  }

  private static String text(HostStatus.Install install) {
    return "%s, %d listed, %d of them gone"
        .formatted(
            install.state().name().toLowerCase(Locale.ROOT), install.listed(), install.missing());
  }

  private static void add(HostStatus.Deployment deployment, List<String> lines) {
    lines.add(
        "  deployment %s, changed %s, %s"
            .formatted(
                deployment.id(),
                deployment.changed().truncatedTo(ChronoUnit.SECONDS),
                deployment.unpacked() ? "revision unpacked" : "no revision"));
    for (HostStatus.Command command : deployment.commands()) {
      lines.add(
          "    %s %s, begun %s"
              .formatted(
                  command.name(),
                  command.running() ? "runs" : "was cut off",
                  command.since().truncatedTo(ChronoUnit.SECONDS)));
    }
    deployment.logs().forEach(log -> lines.add("    log " + log));
  }
}
