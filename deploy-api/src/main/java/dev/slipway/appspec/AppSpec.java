package dev.slipway.appspec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a revision asks of a host: which files go where, with which permissions, and which scripts
 * run at which lifecycle event.
 *
 * <p>An AppSpec holds valid values only; the parser in {@code deploy-host} makes it from YAML and
 * says what is wrong with it, and where.
 *
 * @param os the operating system that the revision is for
 * @param files what to copy, in the order of the file
 * @param hooks scripts by lifecycle event name, in the order of the file; a name may be unknown to
 *     CodeDeploy, such a hook never runs unless the event is asked for by name
 * @param permissions owners, modes, ACLs and contexts for what {@code files} installs
 * @param fileExistsBehavior what to do with a file that is in the way, or null to leave it to the
 *     deployment
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html">
 *     AppSpec file reference</a>
 */
public record AppSpec(
    OperatingSystem os,
    List<FileMapping> files,
    Map<String, List<HookScript>> hooks,
    List<Permission> permissions,
    @Nullable FileExistsBehavior fileExistsBehavior) {

  /** Copies the collections in. */
  public AppSpec {
    files = List.copyOf(files);
    Map<String, List<HookScript>> copy = new LinkedHashMap<>();
    hooks.forEach((event, scripts) -> copy.put(event, List.copyOf(scripts)));
    hooks = Collections.unmodifiableMap(copy);
    permissions = List.copyOf(permissions);
  }

  /** Returns the scripts of the event, in order; empty when the event has none. */
  public List<HookScript> scriptsOf(String event) {
    return hooks.getOrDefault(event, List.of());
  }
}
