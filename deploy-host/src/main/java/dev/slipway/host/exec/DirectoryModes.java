package dev.slipway.host.exec;

import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modes that keep other accounts from looking into deployments, those of version 2 of AWS's
 * agent. What scripts of other accounts must pass can be passed, but not listed.
 */
final class DirectoryModes {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryModes.class);

  private static final int PASS = 0711;
  private static final int OWN = 0700;
  private static final int LOG_DIRECTORY = 0750;
  private static final int LOG_FILE = 0640;

  private DirectoryModes() {}

  /** Sets the modes of what is there by now. */
  static void restrict(Layout layout, HostDeployment deployment) throws IOException {
    String directory = layout.directoryOf(deployment);
    Path scriptLog = Path.of(Layout.scriptLogIn(directory));
    Map<Path, Integer> modes = new LinkedHashMap<>();
    modes.put(Path.of(layout.root()), PASS);
    modes.put(Path.of(layout.groupDirectory(deployment.group().id())), PASS);
    modes.put(Path.of(directory), PASS);
    modes.put(Path.of(Layout.archiveIn(directory)), PASS);
    modes.put(Path.of(layout.instructions()), OWN);
    modes.put(Path.of(layout.ongoingDeployments()), OWN);
    modes.put(scriptLog.resolveSibling(""), LOG_DIRECTORY);
    modes.put(scriptLog, LOG_FILE);
    modes.put(Path.of(layout.deploymentLogs()), LOG_DIRECTORY);
    for (Map.Entry<Path, Integer> entry : modes.entrySet()) {
      set(entry.getKey(), entry.getValue());
    }
  }

  private static void set(Path path, int mode) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(path)) {
      int owner = (Integer) Files.getAttribute(path, "unix:uid");
      if (owner == Account.uid()) {
        Files.setAttribute(path, "unix:mode", mode);
      } else {
        LOG.warn("{} belongs to another account, and keeps its mode", path);
      }
    }
  }
}
