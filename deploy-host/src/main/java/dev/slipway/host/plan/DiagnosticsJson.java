package dev.slipway.host.plan;

import dev.slipway.deployment.Diagnostics;

/** Diagnostics in the form in which AWS's agent reports them, member for member. */
public final class DiagnosticsJson {

  private DiagnosticsJson() {}

  /** Returns the diagnostics as one line of JSON. */
  public static String of(Diagnostics diagnostics) {
    return "{\"error_code\":"
        + diagnostics.errorCode().number()
        + ",\"script_name\":"
        + Json.string(diagnostics.scriptName())
        + ",\"message\":"
        + Json.string(diagnostics.message())
        + ",\"log\":"
        + Json.string(diagnostics.log())
        + "}";
  }
}
