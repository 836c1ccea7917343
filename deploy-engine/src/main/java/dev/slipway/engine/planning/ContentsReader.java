package dev.slipway.engine.planning;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.HookScript;
import dev.slipway.appspec.Permission;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.RevisionException;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.appspec.Finding;
import dev.slipway.host.appspec.ParsedAppSpec;
import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleIndexReader;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.revision.BundleType;
import dev.slipway.revision.Revision;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.revision.RevisionStore;
import dev.slipway.spi.transport.HostNeeds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the AppSpec of a revision on the control side, so that a bundle that cannot work is found
 * before any host is touched. Thread-safe.
 */
final class ContentsReader {

  private final RevisionStore revisions;
  private final BundleIndexReader reader = new BundleIndexReader(IntakeOptions.SAFE);

  ContentsReader(RevisionStore revisions) {
    this.revisions = revisions;
  }

  BundleContents read(Revision revision, String appSpecFile) {
    if (revision instanceof Revision.LocalArchive archive) {
      return read(archive.path(), archive.type(), appSpecFile);
    }
    if (revision instanceof Revision.LocalDirectory directory) {
      return read(directory.path(), BundleType.DIRECTORY, appSpecFile);
    }
    Bundle bundle = revisions.get(revisions.identify(revision));
    return read(bundle.file(), bundle.type(), appSpecFile);
  }

  private BundleContents read(Path bundle, BundleType type, String appSpecFile) {
    List<String> candidates = AppSpecName.of(appSpecFile).candidates();
    BundleIndex index = reader.read(bundle, type, Set.copyOf(candidates));
    String found =
        candidates.stream()
            .filter(name -> index.content(name).isPresent())
            .findFirst()
            .orElseThrow(
                () ->
                    new RevisionException(
                        bundle
                            + " has no "
                            + appSpecFile
                            + " at its top: put the AppSpec there, or name it"));
    byte[] content = index.content(found).orElseThrow();
    ParsedAppSpec parsed = AppSpecParser.linux().parse(bundle + "!/" + found, content);
    return new BundleContents(
        scripts(parsed.forInstall()),
        parsed.findings().stream().map(Finding::describe).toList(),
        needs(parsed.forInstall()),
        index.entries().stream().mapToLong(BundleEntry::size).sum());
  }

  private static HostNeeds needs(AppSpec appSpec) {
    Set<String> owners = new TreeSet<>();
    Set<String> accounts = new TreeSet<>(HostPaths.homesIn(appSpec));
    Set<String> groups = new TreeSet<>();
    Set<String> tools = new TreeSet<>();
    accounts.remove("");
    for (Permission permission : appSpec.permissions()) {
      if (permission.owner() != null) {
        owners.add(permission.owner());
      }
      if (permission.group() != null) {
        groups.add(permission.group());
      }
      for (AclEntry entry : permission.acls()) {
        tools.add("setfacl");
        if (entry.isNamed()) {
          (entry.kind() == AclEntry.Kind.USER ? accounts : groups).add(entry.name());
        }
      }
      if (permission.context() != null) {
        tools.addAll(List.of("semanage", "restorecon"));
      }
    }
    accounts.addAll(owners);
    return new HostNeeds(
        appSpec.files().stream().map(FileMapping::destination).distinct().toList(),
        owners,
        accounts,
        groups,
        tools);
  }

  private static Map<String, List<String>> scripts(AppSpec appSpec) {
    Map<String, List<String>> scripts = new LinkedHashMap<>();
    for (LifecycleEvent event : LifecycleEvent.values()) {
      List<HookScript> ofEvent = appSpec.scriptsOf(event.wireName());
      if (!ofEvent.isEmpty()) {
        scripts.put(event.wireName(), ofEvent.stream().map(HookScript::location).toList());
      }
    }
    return scripts;
  }
}
