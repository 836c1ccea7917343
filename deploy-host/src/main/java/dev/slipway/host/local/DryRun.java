package dev.slipway.host.local;

import dev.slipway.appspec.AppSpec;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.appspec.ParsedAppSpec;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleIndexReader;
import dev.slipway.host.exec.CommandExecutor;
import dev.slipway.host.exec.HostCommand;
import dev.slipway.host.exec.LocalRevision;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.host.plan.PossibleEvents;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows what a local deployment would do to its host as that is now, and does nothing. */
final class DryRun {

  private final CommandExecutor executor;
  private final AppSpecParser parser;
  private final PrintWriter out;

  DryRun(CommandExecutor executor, AppSpecParser parser, PrintWriter out) {
    this.executor = executor;
    this.parser = parser;
    this.out = out;
  }

  /** Shows the commands, in order. */
  void show(List<HostCommand> commands, LocalRevision revision) throws IOException {
    PlanText text = new PlanText(out);
    AppSpecName asked = commands.get(0).deployment().appSpecFile();
    BundleIndex index =
        new BundleIndexReader(revision.intake())
            .read(revision.location(), revision.type(), Set.copyOf(asked.candidates()));
    boolean downloaded = false;
    for (HostCommand command : commands) {
      switch (command.name()) {
        case LifecycleEvents.DOWNLOAD_BUNDLE -> {
          downloaded = true;
          out.println("DownloadBundle: " + revision.location());
        }
        case LifecycleEvents.INSTALL -> {
          AppSpec appSpec = read(asked, index, command).forInstall();
          PossibleEvents.check(command.possibleEvents(), appSpec, asked.value());
          text.show(executor.installPlan(command.deployment(), appSpec, index));
        }
        default ->
            text.show(
                downloaded
                    ? newHooks(command.name(), command, asked, index)
                    : executor.hookPlan(command.name(), command.deployment()));
      }
    }
    if (downloaded) {
      HookPlan onFailure = newHooks(LifecycleEvents.ON_FAILURE, commands.get(0), asked, index);
      if (!onFailure.isNoOp()) {
        text.show(onFailure);
      }
    }
  }

  private HookPlan newHooks(
      String event, HostCommand command, AppSpecName asked, BundleIndex index) {
    return HookPlan.of(
        event,
        read(asked, index, command).appSpec(),
        executor.layout().archiveOf(command.deployment()),
        command.deployment(),
        // Only in the variables, which are not shown.
        HostPaths.PLAIN);
  }

  private ParsedAppSpec read(AppSpecName asked, BundleIndex index, HostCommand command) {
    for (String name : asked.candidates()) {
      Optional<byte[]> content = index.content(name);
      if (content.isPresent()) {
        return parser.parse(name, content.get());
      }
    }
    String archive = executor.layout().archiveOf(command.deployment());
    throw new AppSpecException(asked.value(), 0, 0, "", asked.missingMessage(archive));
  }
}
