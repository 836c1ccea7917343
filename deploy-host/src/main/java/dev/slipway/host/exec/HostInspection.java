package dev.slipway.host.exec;

import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.Layout;
import dev.slipway.preflight.HostDefect;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks whether a deployment could work on this machine. Changes nothing. */
public final class HostInspection {

  private static final int NAME = 0;

  private final HostOptions options;
  private final List<HostDefect> defects = new ArrayList<>();
  private final List<HostCondition.FreeSpace> spaces = new ArrayList<>();

  private HostInspection(HostOptions options) {
    this.options = options;
  }

  /**
   * Looks at the host that these options make of this machine. Its clock is ours.
   *
   * @throws IOException if the machine does not say what it is like
   */
  public static HostCondition of(HostOptions options, HostNeeds needs) throws IOException {
    return new HostInspection(options).look(needs);
  }

  private HostCondition look(HostNeeds needs) throws IOException {
    Layout layout = options.layout();
    place(layout.root());
    for (String destination : needs.destinations()) {
      // Where a home is can be somewhere else once the account has been made.
      if (!destination.startsWith("~")) {
        place(options.paths().place(destination));
      }
    }
    if (!options.chose(HostChoice.BESIDE_AGENT)) {
      LiveAgent.on(layout)
          .ifPresent(pid -> add(HostDefect.Kind.AGENT, LiveAgent.refusal(pid, layout)));
    }
    known("passwd", "account", needs.accounts());
    known("group", "group", needs.groups());
    for (String tool : needs.tools()) {
      if (Tool.runWithoutInterruption(List.of("sh", "-c", "command -v \"$0\"", tool)).status()
          != 0) {
        add(HostDefect.Kind.TOOL, "there is no program " + tool + ", which its AppSpec needs");
      }
    }
    int uid = Account.uid();
    return new HostCondition(name(uid), uid == 0, null, spaces, defects);
  }

  private void place(String path) throws IOException {
    Path there = Path.of(path);
    for (Path up = there; !Files.isDirectory(there) && up != null; up = up.getParent()) {
      there = up;
    }
    if (!Files.isWritable(there)) {
      add(
          HostDefect.Kind.NOT_WRITABLE,
          "nothing can be written to " + there + ", which " + path + " needs");
    }
    spaces.add(new HostCondition.FreeSpace(path, Files.getFileStore(there).getUsableSpace()));
  }

  /** A number is no name: Install refuses it. */
  private void known(String database, String word, Set<String> names) throws IOException {
    for (String name : names) {
      if (name.matches("[0-9]+") || entry(database, name).status() != 0) {
        add(HostDefect.Kind.ACCOUNT, "there is no " + word + " " + name + ": create it");
      }
    }
  }

  private static Tool.Result entry(String database, String key) throws IOException {
    return Tool.runWithoutInterruption(List.of("getent", database, key));
  }

  private static String name(int uid) throws IOException {
    Tool.Result entry = entry("passwd", Integer.toString(uid));
    return entry.status() == 0 ? entry.output().split(":", -1)[NAME] : "";
  }

  private void add(HostDefect.Kind kind, String message) {
    defects.add(new HostDefect(kind, message));
  }
}
