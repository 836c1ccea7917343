package dev.slipway.host.local;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.DiagnosticsJson;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record of each command, one JSON document per line, for whoever checks a deployment by machine.
 * Written when the environment names a file in {@link #VARIABLE}.
 */
final class CommandRecords {

  /** Names the file. */
  static final String VARIABLE = "CDO_TAP_FILE";

  /** How messages begin that AWS's agent words itself; others come from its interpreter. */
  private static final List<String> WORDED =
      List.of(
          "The deployment failed because",
          "The CodeDeploy agent did not find",
          "Script at specified location",
          "Script does not exist",
          "Unable to set script",
          "Deployment Spec ",
          "Received command",
          "Error extracting",
          "You specified a lifecycle event",
          "can't find ",
          "user ");

  /** What messages hold that are ours where AWS's agent has those of its interpreter. */
  private static final List<String> OURS =
      List.of(
          "because of a YAML parsing error",
          " in the application specification file must be ",
          "can't find user for the number",
          "can't find group for the number");

  private final @Nullable Path file;

  CommandRecords(@Nullable Path file) {
    this.file = file;
  }

  /** A command ended whose scripts were known. */
  void ended(String command, HookPlan plan, boolean noOp, Diagnostics end) {
    String total =
        plan.isNoOp()
            ? ""
            : ",\"total_timeout\":"
                + plan.runs().stream().map(HookRun::timeout).mapToLong(t -> t.toSeconds()).sum();
    write("{\"command\":\"" + command + "\",\"noop\":" + noOp + total + status(end));
  }

  /** A command ended whose scripts could not be found out. */
  void endedUnread(String command, String error, Diagnostics end) {
    String problem = DiagnosticsJson.of(Diagnostics.unknownError(error));
    write("{\"command\":\"" + command + "\",\"noop_error\":" + problem + status(end));
  }

  private static String status(Diagnostics end) {
    if (end.isSuccess()) {
      return ",\"status\":\"Succeeded\"}";
    }
    String message = end.message();
    boolean worded =
        OURS.stream().noneMatch(message::contains)
            && Stream.concat(WORDED.stream(), Stream.of(" file contains unknown lifecycle events"))
                .anyMatch(message::contains);
    return ",\"status\":\"Failed\",\"error_class\":\""
        + (worded ? "ScriptError" : "Other")
        + "\",\"diagnostics\":"
        + DiagnosticsJson.of(end)
        + "}";
  }

  private void write(String line) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
