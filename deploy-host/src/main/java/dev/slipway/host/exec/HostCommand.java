package dev.slipway.host.exec;

import dev.slipway.host.plan.HostDeployment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a deployment on one host.
 *
 * @param name the lifecycle event, or {@code DownloadBundle} or {@code Install}
 * @param deployment the deployment
 * @param revision where {@code DownloadBundle} gets the revision; null for every other command
 * @param key what makes repeating the command harmless: a key that was run is never run again; null
 *     to run it without asking
 * @param possibleEvents every event that the deployment may run, so that {@code Install} refuses an
 *     AppSpec with others; empty not to look
 */
public record HostCommand(
    String name,
    HostDeployment deployment,
    @Nullable RevisionFiles revision,
    @Nullable String key,
    List<String> possibleEvents) {

  /** Copies the events in. */
  public HostCommand {
    possibleEvents = List.copyOf(possibleEvents);
    if (!name.matches("[A-Z][a-z0-9][A-Za-z0-9]*")) {
      throw new IllegalArgumentException("Received command is not in PascalCase form: " + name);
    }
  }

  /** Returns the command to run an event, without a key. */
  public static HostCommand event(String name, HostDeployment deployment) {
    return new HostCommand(name, deployment, null, null, List.of());
  }

  /** Returns the command to fetch and unpack a revision, without a key. */
  public static HostCommand download(HostDeployment deployment, RevisionFiles revision) {
    return new HostCommand("DownloadBundle", deployment, revision, null, List.of());
  }

  /** Returns the same command with a key. */
  public HostCommand withKey(String other) {
    return new HostCommand(name, deployment, revision, other, possibleEvents);
  }
}
