package dev.slipway.host.plan;

import dev.slipway.appspec.FileMapping;
import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleResolution;
import dev.slipway.host.bundle.BundleResolution.Outcome;
import dev.slipway.host.bundle.EntryKind;
import dev.slipway.host.plan.DesiredInstall.Kind;
import dev.slipway.host.plan.DesiredInstall.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Walks a bundle along the file mappings of an AppSpec and collects what to have on the host. */
final class BundleWalk {

  /** How many links the kernel follows on one path; what is behind more is no directory to it. */
  private static final int MOST_LINKS = 40;

  /** Links that lead to directories above them can make a small bundle as large as they like. */
  private static final int MOST_STEPS = 500_000;

  private final BundleIndex bundle;
  private final HostPaths paths;
  private final String archive;
  private final boolean linksStayLinks;
  private final List<Step> steps = new ArrayList<>();
  private Exclusions exclusions = new Exclusions(List.of());

  BundleWalk(BundleIndex bundle, HostPaths paths, String archive, boolean linksStayLinks) {
    this.bundle = bundle;
    this.paths = paths;
    this.archive = archive;
    this.linksStayLinks = linksStayLinks;
  }

  List<Step> steps() {
    return steps;
  }

  void add(FileMapping mapping) {
    String source = BundlePaths.join(archive, mapping.source());
    BundleResolution found = bundle.resolve(mapping.source());
    if (found.outcome() == Outcome.FOUND && kindOf(found.path()) == EntryKind.DIRECTORY) {
      if (mapping.destination().isEmpty()) {
        throw new InstallRefusedException("File exists @ dir_s_mkdir - " + paths.place(""));
      }
      ancestorsOf(paths.place(mapping.destination()));
      exclusions = new Exclusions(mapping.exclude());
      directory(found.path(), source, mapping.destination(), "", 0);
      return;
    }
    BundleEntry entry = fileAt(mapping).orElseThrow(() -> refusal(mapping, source, found));
    String target = BundlePaths.join(mapping.destination(), entry.name());
    ancestorsOf(paths.place(target));
    file(entry, source, target);
  }

  /** Returns the file or link that the mapping names, of which the last part is not followed. */
  private Optional<BundleEntry> fileAt(FileMapping mapping) {
    String source = mapping.source();
    int slash = source.lastIndexOf('/');
    String name = source.substring(slash + 1);
    BundleResolution parent = bundle.resolve(source.substring(0, slash + 1));
    if (parent.outcome() != Outcome.FOUND || name.isEmpty() || name.equals("..")) {
      return Optional.empty();
    }
    return bundle.entry(parent.path().isEmpty() ? name : parent.path() + "/" + name);
  }

  private InstallRefusedException refusal(
      FileMapping mapping, String source, BundleResolution found) {
    return new InstallRefusedException(
        found.outcome() == Outcome.OUTSIDE
            ? "The deployment failed because the source path '"
                + mapping.source()
                + "' attempts to escape the deployment archive directory: "
                + archive
            : "No such file or directory @ rb_sysopen - " + source);
  }

  private EntryKind kindOf(String path) {
    return bundle.entry(path).map(BundleEntry::kind).orElse(EntryKind.DIRECTORY);
  }

  private void ancestorsOf(String destination) {
    Deque<String> outermostFirst = new ArrayDeque<>();
    String parent = HostPaths.parentOf(destination);
    while (!parent.equals("/")) {
      outermostFirst.addFirst(parent);
      parent = HostPaths.parentOf(parent);
    }
    for (String ancestor : outermostFirst) {
      add(new Step(Kind.ANCESTOR, "", ancestor, ancestor, ""));
    }
  }

  /**
   * Adds a directory and what is in it.
   *
   * @param inside where it is in the bundle, links followed
   * @param source where it is on the host, unpacked
   * @param written where it goes
   * @param below where it is below the source of the mapping, with a slash at the end unless empty
   * @param links how many links lead to it
   */
  private void directory(String inside, String source, String written, String below, int links) {
    if (steps.size() > MOST_STEPS) {
      throw new InstallRefusedException(
          "The links in the bundle lead round in circles: there is no end to " + source);
    }
    add(new Step(Kind.DIRECTORY, source, paths.place(written), written, ""));
    for (BundleEntry child : bundle.children(inside)) {
      String childSource = BundlePaths.join(source, child.name());
      String childTarget = BundlePaths.join(written, child.name());
      int linksNow = child.kind() == EntryKind.SYMLINK ? links + 1 : links;
      Optional<String> directory = linksNow <= MOST_LINKS ? directoryAt(child) : Optional.empty();
      String childBelow = below + child.name();
      if (exclusions.cover(childBelow, directory.isPresent())) {
        continue;
      }
      if (directory.isPresent()) {
        directory(directory.get(), childSource, childTarget, childBelow + "/", linksNow);
      } else {
        file(child, childSource, childTarget);
      }
    }
  }

  /** Returns the directory that an entry is, or leads to unless links stay links. */
  private Optional<String> directoryAt(BundleEntry entry) {
    return switch (entry.kind()) {
      case FILE -> Optional.empty();
      case DIRECTORY -> Optional.of(entry.path());
      case SYMLINK -> {
        if (linksStayLinks) {
          yield Optional.empty();
        }
        BundleResolution found = bundle.resolve(entry.path());
        yield found.outcome() == Outcome.FOUND && kindOf(found.path()) == EntryKind.DIRECTORY
            ? Optional.of(found.path())
            : Optional.empty();
      }
    };
  }

  private void file(BundleEntry entry, String source, String written) {
    Kind kind = entry.kind() == EntryKind.SYMLINK ? Kind.LINK : Kind.FILE;
    add(new Step(kind, source, paths.place(written), written, entry.linkTarget()));
  }

  private void add(Step step) {
    String destination = step.destination();
    if (!HostNames.canBeListed(destination)) {
      boolean file = step.kind() == Kind.FILE || step.kind() == Kind.LINK;
      throw new InstallRefusedException(
          file ? HostNames.fileRefusal(destination) : HostNames.directoryRefusal(destination));
    }
    steps.add(step);
  }
}
