package dev.slipway.host.appspec;

import java.util.Map;
import java.util.Set;

/** Says which keys have no effect, and which were meant. */
final class KeyLint {

  /**
   * A part of the file.
   *
   * @param keys the keys that it has
   * @param advice what to do about words that people write instead
   */
  record Section(Set<String> keys, Map<String, String> advice) {

    static final Section TOP =
        new Section(
            Set.of("version", "os", "files", "hooks", "permissions", "file_exists_behavior"),
            Map.of(
                "Resources",
                "It belongs to AppSpecs of ECS and Lambda deployments; this is one for hosts.",
                "overwrite",
                "Write file_exists_behavior: OVERWRITE."));
    static final Section SCRIPT =
        new Section(
            Set.of("location", "timeout", "runas", "sudo", "args", "environment"),
            Map.of(
                "user",
                "Write runas.",
                "arguments",
                "Write args.",
                "env",
                "Write environment.",
                "script",
                "Write location.",
                "path",
                "Write location."));
    static final Section FILE =
        new Section(
            Set.of("source", "destination", "exclude"),
            Map.of(
                "overwrite",
                "Write file_exists_behavior: OVERWRITE at the top of the file; it is for all"
                    + " files.",
                "file_exists_behavior",
                "Write it at the top of the file; it is for all files.",
                "owner",
                "Write it in the permissions section.",
                "group",
                "Write it in the permissions section.",
                "mode",
                "Write it in the permissions section.",
                "except",
                "Write exclude."));
    static final Section PERMISSION =
        new Section(
            Set.of(
                "object", "pattern", "except", "type", "owner", "group", "mode", "acls", "context"),
            Map.of(
                "user",
                "Write owner.",
                "path",
                "Write object.",
                "recursive",
                "Write pattern: '**'."));
    static final Section CONTEXT =
        new Section(
            Set.of("type", "range", "user", "name"),
            Map.of("role", "CodeDeploy's agent leaves the role of a context alone."));
  }

  private KeyLint() {}

  /** Warns about the keys that the section does not have. */
  static void check(Entries entries, Section section, KeyPath path, Problems problems) {
    entries
        .named()
        .forEach(
            (name, entry) -> {
              if (!section.keys().contains(name) && !isPrivate(name)) {
                problems.warning(
                    entry.key(), path.child(name), "This key has no effect." + hint(section, name));
              }
            });
    for (Entries.Entry entry : entries.nameless()) {
      String name = RubyText.shown(RubyText.text(entry.key()));
      problems.warning(
          entry.key(),
          path.child(name),
          "YAML reads this key as " + name + " and not as text, so it has no effect.");
    }
  }

  /** Returns whether the key is one of those that hold anchors or notes by convention. */
  private static boolean isPrivate(String name) {
    return name.startsWith("x-") || name.startsWith(".") || name.startsWith("_");
  }

  private static String hint(Section section, String name) {
    String advice = section.advice().get(name);
    if (advice != null) {
      return " " + advice;
    }
    if (section.equals(Section.TOP) && Spelling.nearest(name, HookLint.EVENTS).isPresent()) {
      return " Lifecycle events stand below hooks; look at the indentation.";
    }
    return Spelling.didYouMean(name, section.keys());
  }
}
