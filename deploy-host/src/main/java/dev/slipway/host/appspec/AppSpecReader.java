package dev.slipway.host.appspec;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.HookScript;
import dev.slipway.appspec.OperatingSystem;
import dev.slipway.appspec.Permission;
import dev.slipway.host.bundle.BundleIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the top level of an AppSpec, in the order in which CodeDeploy's agent does. */
final class AppSpecReader {

  private final Set<OperatingSystem> accepted;
  private final boolean modesAsWritten;
  private final BundleLint bundle;
  private final Problems problems;

  AppSpecReader(
      Set<OperatingSystem> accepted,
      boolean modesAsWritten,
      @Nullable BundleIndex bundle,
      Problems problems) {
    this.accepted = accepted;
    this.modesAsWritten = modesAsWritten;
    this.bundle = new BundleLint(bundle, problems);
    this.problems = problems;
  }

  /** Returns the values, or null when errors were gathered that leave none. */
  @Nullable AppSpec read(YamlDocument document) {
    lintFile(document);
    Node root = document.root();
    if (root == null || Nodes.isNil(root) || isFalse(root)) {
      problems.error(root, KeyPath.TOP, AgentMessages.empty());
      return null;
    }
    new DocumentCheck(problems).check(root, KeyPath.TOP);
    if (!(root instanceof MappingNode map)) {
      refuseRoot(root);
      return null;
    }
    Entries top = Entries.of(map, KeyPath.TOP, problems);
    checkVersion(top);
    OperatingSystem os = readOs(top);
    Map<String, List<HookScript>> hooks =
        new HooksReader(new HookLint(os, bundle, problems), problems).read(top.get("hooks"));
    List<FileMapping> files =
        new FilesReader(new FileLint(os, bundle, problems), problems).read(top.get("files"));
    List<Permission> permissions =
        new PermissionsReader(new PermissionLint(files, problems), problems, os, modesAsWritten)
            .read(top.get("permissions"));
    FileExistsBehavior behavior = readBehavior(top);
    KeyLint.check(top, KeyLint.Section.TOP, KeyPath.TOP, problems);
    return new AppSpec(os, files, hooks, permissions, behavior);
  }

  private void lintFile(YamlDocument document) {
    if (document.hasByteOrderMark()) {
      problems.warning(
          null,
          KeyPath.TOP,
          "The file starts with a byte order mark. It is skipped here, but CodeDeploy's agent then"
              + " finds no version. Save the file as UTF-8 without it.");
    }
    if (document.hasMore()) {
      problems.warning(
          null, KeyPath.TOP, "The file holds several YAML documents. Only the first one is read.");
    }
    if (LexicalPath.name(problems.file()).equals("appspec.yaml")) {
      problems.warning(
          null,
          KeyPath.TOP,
          "CodeDeploy's agent 1.8 finds this file only when the deployment asks for it by name."
              + " Call it appspec.yml.");
    }
  }

  private static boolean isFalse(Node node) {
    return Nodes.scalarOrNull(node) instanceof Scalar.Bool bool && !bool.value();
  }

  private void refuseRoot(Node root) {
    if (Nodes.scalarOrNull(root) instanceof Scalar.Str) {
      problems.error(root, KeyPath.TOP, AgentMessages.version(""));
    } else {
      problems.error(
          root, KeyPath.TOP, Wrong.kind("the whole file", "a map with version and os", root));
    }
  }

  private void checkVersion(Entries top) {
    Node version = top.get("version");
    Scalar value = version == null ? null : Nodes.scalarOrNull(version);
    boolean isZero =
        (value instanceof Scalar.Int number && number.value().signum() == 0)
            || (value instanceof Scalar.Real real && real.value() == 0);
    if (!isZero) {
      String found = version == null ? "" : RubyText.shown(RubyText.text(version));
      problems.error(
          version == null ? top.at() : version,
          KeyPath.TOP.child("version"),
          AgentMessages.version(found),
          value instanceof Scalar.Str text && text.text().equals("0.0")
              ? "Write 0.0 without quotes."
              : "");
    }
  }

  /** Returns the operating system; the first accepted one after an error. */
  private OperatingSystem readOs(Entries top) {
    Node os = top.get("os");
    Scalar value = os == null ? null : Nodes.scalarOrNull(os);
    for (OperatingSystem candidate : accepted) {
      if (value instanceof Scalar.Str text && text.text().equals(name(candidate))) {
        return candidate;
      }
    }
    problems.error(
        os == null ? top.at() : os,
        KeyPath.TOP.child("os"),
        AgentMessages.operatingSystem(os == null ? "" : RubyText.shown(RubyText.text(os))));
    return accepted.iterator().next();
  }

  private static String name(OperatingSystem os) {
    return switch (os) {
      case LINUX -> "linux";
      case WINDOWS -> "windows";
    };
  }

  private @Nullable FileExistsBehavior readBehavior(Entries top) {
    Node node = top.get("file_exists_behavior");
    if (node == null || Nodes.isNil(node)) {
      return null;
    }
    if (Nodes.scalarOrNull(node) instanceof Scalar.Str text) {
      for (FileExistsBehavior behavior : FileExistsBehavior.values()) {
        if (behavior.name().equals(text.text())) {
          if (behavior == FileExistsBehavior.RETAIN) {
            problems.note(
                node,
                KeyPath.TOP.child("file_exists_behavior"),
                "RETAIN keeps files that no deployment of the group brought. What was changed by"
                    + " hand in an installed file is lost with the next deployment.");
          }
          return behavior;
        }
      }
    }
    problems.error(
        node,
        KeyPath.TOP.child("file_exists_behavior"),
        AgentMessages.fileExistsBehavior(RubyText.shown(RubyText.text(node))));
    return null;
  }
}
