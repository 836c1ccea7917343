package dev.slipway.host.appspec;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.ObjectType;
import dev.slipway.appspec.OperatingSystem;
import dev.slipway.appspec.Permission;
import dev.slipway.appspec.SelinuxContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code permissions}, each key in the order in which CodeDeploy's agent does. */
final class PermissionsReader {

  private final PermissionLint lint;
  private final Problems problems;
  private final OperatingSystem os;
  private final boolean modesAsWritten;

  PermissionsReader(
      PermissionLint lint, Problems problems, OperatingSystem os, boolean modesAsWritten) {
    this.lint = lint;
    this.problems = problems;
    this.os = os;
    this.modesAsWritten = modesAsWritten;
  }

  /** Returns the permissions in the order of the file. */
  List<Permission> read(@Nullable Node node) {
    KeyPath path = KeyPath.TOP.child("permissions");
    List<Node> entries = Lists.of(node, path, "a list of maps with an object", problems);
    List<Permission> permissions = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Permission permission = readEntry(entries.get(i), path.item(i));
      if (permission != null) {
        permissions.add(permission);
      }
    }
    return permissions;
  }

  private @Nullable Permission readEntry(Node node, KeyPath path) {
    if (!(node instanceof MappingNode map)) {
      problems.error(node, path, Wrong.kind(path, "a map with an object", node));
      return null;
    }
    int errors = problems.errors();
    Entries entry = Entries.of(map, path, problems);
    Node object = entry.get("object");
    if (object == null || Nodes.isNil(object)) {
      problems.error(
          object == null ? node : object, path.child("object"), AgentMessages.noObject());
      return null;
    }
    if (os == OperatingSystem.WINDOWS) {
      problems.error(node, path, AgentMessages.permissionsOnWindows());
      return null;
    }
    String pattern = readPattern(entry.get("pattern"), path.child("pattern"));
    List<String> except = readExcept(entry.get("except"), path.child("except"));
    Set<ObjectType> types = readTypes(entry.get("type"), path.child("type"));
    String mode = readMode(entry.get("mode"), path.child("mode"));
    List<AclEntry> acls = readAcls(entry.get("acls"), path.child("acls"));
    SelinuxContext context = readContext(entry.get("context"), path.child("context"));
    String name = RubyText.strip(RubyText.text(object));
    if (name.isEmpty()) {
      problems.error(object, path.child("object"), AgentMessages.noObject());
    }
    String owner = readAccount(entry.get("owner"), path.child("owner"));
    String group = readAccount(entry.get("group"), path.child("group"));
    Permission read =
        new Permission(name, pattern, except, types, owner, group, mode, acls, context);
    if (problems.errors() == errors) {
      lint.permission(entry, read, modesAsWritten, path);
    }
    return read;
  }

  private String readPattern(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return Permission.EVERYTHING;
    }
    if (!(Nodes.scalarOrNull(node) instanceof Scalar.Str)) {
      problems.errorAtInstall(
          node, path, Wrong.kind(path, "a text", node), "Put it in quotes to make it one.");
    }
    return RubyText.text(node);
  }

  private List<String> readExcept(@Nullable Node node, KeyPath path) {
    return Lists.of(node, path, "a list of patterns", problems).stream()
        .map(RubyText::text)
        .toList();
  }

  private Set<ObjectType> readTypes(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return EnumSet.allOf(ObjectType.class);
    }
    Set<ObjectType> types = EnumSet.noneOf(ObjectType.class);
    for (Node item : Lists.of(node, path, "a list of file or directory or both", problems)) {
      Scalar type = Nodes.scalarOrNull(item);
      if (type instanceof Scalar.Str text && text.text().equals("file")) {
        types.add(ObjectType.FILE);
      } else if (type instanceof Scalar.Str text && text.text().equals("directory")) {
        types.add(ObjectType.DIRECTORY);
      } else {
        problems.error(item, path, AgentMessages.objectType(RubyText.shown(RubyText.text(item))));
      }
    }
    return types;
  }

  private @Nullable String readMode(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return null;
    }
    String text =
        modesAsWritten && node instanceof ScalarNode scalar
            ? scalar.getValue()
            : RubyText.text(node);
    try {
      return ModeText.parse(text);
    } catch (RejectedText e) {
      problems.error(node, path, e.reason(), hintForMode(node));
      return null;
    }
  }

  /** Returns the remedy when YAML made another number of what was written. */
  private static String hintForMode(Node node) {
    return node instanceof ScalarNode scalar
            && Nodes.scalar(scalar) instanceof Scalar.Int number
            && !number.text().equals(scalar.getValue())
        ? "YAML reads "
            + RubyText.shown(scalar.getValue())
            + " as the number "
            + RubyText.shown(number.text())
            + ": put the mode in quotes or drop the leading zero."
        : "";
  }

  private List<AclEntry> readAcls(@Nullable Node node, KeyPath path) {
    List<Node> items = Lists.of(node, path, "a list of entries such as \"u:bob:rw\"", problems);
    List<AclEntry> acls = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      try {
        acls.add(AclText.parse(RubyText.text(items.get(i))));
      } catch (RejectedText e) {
        problems.error(items.get(i), path.item(i), e.reason());
      }
    }
    return acls;
  }

  private @Nullable SelinuxContext readContext(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return null;
    }
    if (!(node instanceof MappingNode map)) {
      problems.error(node, path, Wrong.kind(path, "a map with a type", node));
      return null;
    }
    Entries context = Entries.of(map, path, problems);
    Node type = context.get("type");
    if (type == null || Nodes.isNil(type)) {
      problems.error(
          type == null ? node : type,
          path.child("type"),
          AgentMessages.contextType(RubyText.shown(RubyText.inspect(node))));
      return null;
    }
    Node user = context.get("user");
    Node name = user == null || Nodes.isNil(user) ? context.get("name") : user;
    return new SelinuxContext(
        name == null || Nodes.isNil(name) ? null : RubyText.text(name),
        RubyText.text(type),
        readRange(context.get("range"), path.child("range")));
  }

  private @Nullable String readRange(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return null;
    }
    try {
      return SelinuxRange.normalise(RubyText.text(node));
    } catch (RejectedText e) {
      problems.error(node, path, e.reason(), "A range looks like s0, s0-s1 or s0-s15:c0.c5,c7.");
      return null;
    }
  }

  /**
   * Returns an account's name. A number stays what is written: no account has that name, mostly.
   */
  private @Nullable String readAccount(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return null;
    }
    if (node instanceof SequenceNode || node instanceof MappingNode) {
      problems.errorAtInstall(node, path, Wrong.kind(path, "an account's name", node), "");
    }
    return RubyText.text(node);
  }
}
