package dev.slipway.host.exec;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.failure.DeployException;
import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.DesiredInstall;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.host.plan.Instruction;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.PossibleEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Puts a revision in the place of the one that its group installed before. */
final class Installer {

  private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

  private final HostOptions options;
  private final AppSpecParser parser;

  Installer(HostOptions options, AppSpecParser parser) {
    this.options = options;
    this.parser = parser;
  }

  /** Installs the unpacked revision of a deployment. */
  void install(HostCommand command, Path deployment, OutputListener listener)
      throws IOException, InterruptedException {
    HostDeployment about = command.deployment();
    InstructionFiles files = files(about);
    files.prepare();
    Archive archive = new Archive(Layout.archiveIn(deployment.toString()));
    Path file = archive.appSpec(about.appSpecFile());
    AppSpec appSpec = parse(file);
    PossibleEvents.check(command.possibleEvents(), appSpec, String.valueOf(file.getFileName()));
    InstallPlan plan = plan(about, appSpec, archive.index());
    for (InstallPlan.Reach reach : plan.reaches()) {
      LOG.atLevel(reach.paths() == 0 ? Level.WARN : Level.INFO).log(reach.sentence());
    }
    warnOfOtherGroups(about, plan);
    try {
      carryOut(plan, files, listener);
    } catch (IOException | RuntimeException e) {
      if (options.chose(HostChoice.REINSTALL_AFTER_FAILURE)) {
        reinstall(about, files);
      }
      throw e;
    }
    files.rememberInstall(deployment);
  }

  /** Returns what an install would do to this machine as it is now. */
  InstallPlan plan(HostDeployment deployment, AppSpec appSpec, BundleIndex bundle)
      throws IOException {
    CleanupList previous = files(deployment).cleanup();
    HostPaths paths = options.paths().withHomes(Account.homes(HostPaths.homesIn(appSpec)));
    String archive = options.layout().archiveOf(deployment);
    DesiredInstall desired =
        DesiredInstall.of(appSpec, bundle, deployment, paths, archive, options.choices());
    try {
      return desired.resolve(FactFinder.answer(desired.questions(previous)), previous);
    } catch (InstallRefusedException e) {
      throw namingItsOwner(e, deployment);
    }
  }

  private void carryOut(InstallPlan plan, InstructionFiles files, OutputListener listener)
      throws IOException, InterruptedException {
    Cleanup.run(plan.cleanup());
    files.forgetCleanup();
    files.write(plan);
    boolean keepSetIdBits = options.chose(HostChoice.KEEP_SET_ID_BITS);
    Set<String> untouched = Set.of();
    try (CleanupJournal journal = files.startCleanup()) {
      InstallRun run = new InstallRun(plan.instructions(), journal, keepSetIdBits, listener);
      try {
        run.run();
      } catch (IOException | RuntimeException e) {
        untouched = run.untouched();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      try {
        // What others put there is not this install's to remove.
        files.leaveOutOfCleanup(untouched);
      } catch (IOException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  /** Brings the revision back that was there before an install failed, as far as it can be had. */
  private void reinstall(HostDeployment failed, InstructionFiles files)
      throws IOException, InterruptedException {
    String last = files.pointers().lastSuccessful();
    if (last == null) {
      LOG.warn("{}: no revision was installed before, so none is installed again", failed.id());
      return;
    }
    try {
      Archive archive = new Archive(Layout.archiveIn(last));
      AppSpec appSpec = parse(archive.appSpec(failed.appSpecFile()));
      CleanupList created = files.cleanup();
      HostPaths paths = options.paths().withHomes(Account.homes(HostPaths.homesIn(appSpec)));
      // What the old deployment said about files in its way is not known any more: they stay.
      HostDeployment old =
          new HostDeployment(
              failed.id(),
              failed.group(),
              failed.creator(),
              failed.type(),
              failed.appSpecFile(),
              FileExistsBehavior.RETAIN.name(),
              failed.revisionVariables());
      DesiredInstall desired =
          DesiredInstall.of(
              appSpec, archive.index(), old, paths, archive.toString(), options.choices());
      InstallPlan plan = desired.resolve(FactFinder.answer(desired.questions(created)), created);
      carryOut(plan, files, OutputListener.NONE);
      files.rememberInstall(Path.of(last));
      LOG.warn("{}: the install failed; the revision in {} is installed again", failed.id(), last);
    } catch (IOException
        | UncheckedIOException
        | DeployException
        | HostCommandFailedException
        | InstallRefusedException e) {
      LOG.warn("{}: the revision in {} could not be installed again: {}", failed.id(), last, e);
    }
  }

  private InstallRefusedException namingItsOwner(
      InstallRefusedException refusal, HostDeployment deployment) throws IOException {
    Optional<String> path = refusal.pathInTheWay();
    if (path.isEmpty()) {
      return refusal;
    }
    return otherGroups(deployment).ownerOf(path.get()).map(refusal::installedBy).orElse(refusal);
  }

  private void warnOfOtherGroups(HostDeployment deployment, InstallPlan plan) throws IOException {
    OtherGroups others = null;
    for (Instruction instruction : plan.instructions()) {
      if (instruction instanceof Instruction.Copy copy && copy.replaces()) {
        others = others == null ? otherGroups(deployment) : others;
        others
            .ownerOf(copy.destination())
            .ifPresent(
                owner ->
                    LOG.warn(
                        "{} overwrites {}, which the deployment group {} has installed",
                        deployment.id(),
                        copy.destination(),
                        owner));
      }
    }
  }

  private OtherGroups otherGroups(HostDeployment deployment) throws IOException {
    return OtherGroups.than(deployment.group().id(), options.layout());
  }

  private AppSpec parse(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    return parser.parse(name, Files.readAllBytes(file)).forInstall();
  }

  private InstructionFiles files(HostDeployment deployment) {
    return new InstructionFiles(options.layout(), deployment.group().id());
  }
}
