package dev.slipway.host.appspec;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.ObjectType;
import dev.slipway.appspec.Permission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Says what of the permissions will hardly work as meant. */
final class PermissionLint {

  /** So many permissions are compared with each other. */
  private static final int MOST_COMPARED = 200;

  private final List<String> destinations;
  private final Problems problems;
  private final List<Seen> seen = new ArrayList<>();

  /** One permission that covers everything below its object, for comparison. */
  private record Seen(String object, Permission permission, int line) {}

  PermissionLint(List<FileMapping> files, Problems problems) {
    this.destinations =
        files.stream()
            .map(file -> LexicalPath.resolve(file.destination()))
            .filter(Objects::nonNull)
            .toList();
    this.problems = problems;
  }

  /** Warns about one entry that was read well. */
  void permission(Entries entry, Permission read, boolean modesAsWritten, KeyPath path) {
    KeyLint.check(entry, KeyLint.Section.PERMISSION, path, problems);
    Node object = entry.get("object");
    if (object != null) {
      object(object, read.object(), path.child("object"));
    }
    pattern(entry.get("pattern"), read, path.child("pattern"));
    except(entry.get("except"), path.child("except"));
    mode(entry.get("mode"), read, modesAsWritten, path.child("mode"));
    account(entry.get("owner"), path.child("owner"));
    account(entry.get("group"), path.child("group"));
    acls(entry.get("acls"), read, path.child("acls"));
    context(entry.get("context"), path.child("context"));
    if (read.types().isEmpty()) {
      problems.warning(entry.get("type"), path.child("type"), "It applies to nothing at all.");
    }
    if (read.mode() == null
        && read.owner() == null
        && read.group() == null
        && read.acls().isEmpty()
        && read.context() == null) {
      problems.warning(
          entry.at(), path, "It sets nothing: give it owner, group, mode, acls or context.");
    }
    overlap(entry.at(), read, path);
  }

  private void object(Node node, String object, KeyPath path) {
    String resolved = LexicalPath.resolve(object);
    if (object.startsWith("~") || resolved == null) {
      return;
    }
    if (!object.startsWith("/")) {
      problems.warning(
          node,
          path,
          "It is relative to the working directory of the agent, whatever that is. Write an"
              + " absolute path.");
    } else if (destinations.stream()
        .noneMatch(
            destination ->
                LexicalPath.isWithin(resolved, destination)
                    || LexicalPath.isWithin(destination, resolved))) {
      problems.warning(
          node,
          path,
          "No entry of files installs anything there, and permissions are set only on what this"
              + " revision installs.");
    }
  }

  private void pattern(@Nullable Node node, Permission read, KeyPath path) {
    if (node == null) {
      return;
    }
    String pattern = read.pattern();
    if (pattern.contains("/") || pattern.isEmpty()) {
      problems.warning(
          node,
          path,
          "It never matches: a pattern is compared with the names directly in the object.");
    } else if (pattern.chars().anyMatch(c -> "?[{".indexOf(c) >= 0)) {
      problems.warning(
          node, path, "Only * is special in a pattern; every other character means itself.");
    }
  }

  private void except(@Nullable Node node, KeyPath path) {
    if (!(node instanceof SequenceNode list)) {
      return;
    }
    for (int i = 0; i < list.getValue().size(); i++) {
      Node item = list.getValue().get(i);
      String pattern = RubyText.text(item);
      if (pattern.contains("/")) {
        problems.warning(
            item,
            path.item(i),
            "It never matches: only names directly in the object can be left out.");
      } else if (!(Nodes.scalarOrNull(item) instanceof Scalar.Str)) {
        problems.warning(
            item, path.item(i), "This is not text; it is taken as " + pattern + ". Quote it.");
      }
    }
  }

  private void mode(@Nullable Node node, Permission read, boolean modesAsWritten, KeyPath path) {
    String mode = read.mode();
    if (!(node instanceof ScalarNode scalar) || mode == null) {
      return;
    }
    String written = scalar.getValue();
    if (!modesAsWritten && !Nodes.scalar(scalar).text().equals(written)) {
      problems.mistake(
          node,
          path,
          "YAML reads "
              + written
              + " as another number, so the mode becomes "
              + mode
              + ". Put it in quotes or drop the leading zero.");
    } else if (written.length() < 3) {
      problems.warning(node, path, "It becomes mode " + mode + ". Write all three digits.");
    }
    boolean hasSetId = mode.length() == 4 && (mode.charAt(0) & 6) != 0;
    if (hasSetId && (read.owner() != null || read.group() != null)) {
      problems.warning(
          node,
          path,
          "CodeDeploy's agent sets the owner after the mode, and the system takes the setuid and"
              + " setgid bits from a file then.");
    }
  }

  private void account(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return;
    }
    if (node instanceof ScalarNode scalar
        && (!(Nodes.scalar(scalar) instanceof Scalar.Str) || scalar.getValue().matches("[0-9]+"))) {
      problems.warning(
          node, path, "An account is given by its name; a number is no id but a name too.");
    }
  }

  private void acls(@Nullable Node node, Permission read, KeyPath path) {
    if (node == null) {
      return;
    }
    for (AclEntry entry : read.acls()) {
      boolean isAccount = entry.kind() == AclEntry.Kind.USER || entry.kind() == AclEntry.Kind.GROUP;
      if (isAccount && (entry.name().equals("mask") || entry.name().equals("other"))) {
        problems.warning(
            node, path, "It names an account \"" + entry.name() + "\" (" + entry + ").");
      }
    }
    if (read.types().contains(ObjectType.FILE)
        && read.acls().stream().anyMatch(AclEntry::isDefault)) {
      problems.warning(
          node,
          path,
          "Default entries are for directories: Install fails when this permission meets a file."
              + " Write type: [directory].");
    }
  }

  private void context(@Nullable Node node, KeyPath path) {
    if (!(node instanceof MappingNode map)) {
      return;
    }
    Entries context = Entries.of(map, path, Problems.gathering(problems.file()));
    KeyLint.check(context, KeyLint.Section.CONTEXT, path, problems);
    Node user = context.get("user");
    if (!Nodes.isNil(user) && Nodes.isNil(context.get("name"))) {
      problems.warning(
          user,
          path.child("user"),
          "CodeDeploy's agent ignores user and reads name. Write name: to be the same on both.");
    }
    if (Nodes.isNil(context.get("range"))) {
      problems.warning(
          node, path, "CodeDeploy's agent 1.8 fails at Install when a context has no range.");
    }
  }

  private void overlap(Node node, Permission read, KeyPath path) {
    String object = LexicalPath.resolve(read.object());
    boolean isPlain = read.pattern().equals(Permission.EVERYTHING) && read.except().isEmpty();
    if (object == null || !isPlain || seen.size() >= MOST_COMPARED) {
      return;
    }
    for (Seen other : seen) {
      boolean nested =
          LexicalPath.isWithin(object, other.object())
              || LexicalPath.isWithin(other.object(), object);
      if (nested && !Collections.disjoint(read.types(), other.permission().types())) {
        problems.warning(
            node,
            path,
            "It overlaps with the permission in line "
                + other.line()
                + ": Install fails when both meet the same "
                + common(read, other.permission())
                + ". Use except, pattern or type to keep them apart.");
        break;
      }
    }
    seen.add(new Seen(object, read, node.getStartMark().getLine() + 1));
  }

  private static String common(Permission one, Permission other) {
    return one.types().stream()
        .filter(other.types()::contains)
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(" or "));
  }
}
