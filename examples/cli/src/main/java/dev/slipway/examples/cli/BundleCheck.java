package dev.slipway.examples.cli;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.HookScript;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.appspec.Finding;
import dev.slipway.host.appspec.Finding.Severity;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleResolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks whether what an AppSpec names is in its bundle. */
final class BundleCheck {

  private final String file;
  private final BundleIndex index;
  private final List<Finding> findings = new ArrayList<>();

  private BundleCheck(String file, BundleIndex index) {
    this.file = file;
    this.index = index;
  }

  /** Returns what is missing; nothing when the AppSpec itself cannot be read. */
  static List<Finding> of(String file, byte[] content, BundleIndex index) {
    BundleCheck check = new BundleCheck(file, index);
    try {
      check.check(AppSpecParser.forAnyHost().parse(file, content).appSpec());
    } catch (AppSpecException toldByTheLinter) {
      return List.of();
    }
    return List.copyOf(check.findings);
  }

  private void check(AppSpec appSpec) {
    int number = 0;
    for (FileMapping mapping : appSpec.files()) {
      check("files[" + number + "].source", mapping.source(), "source");
      number++;
    }
    for (Map.Entry<String, List<HookScript>> hook : appSpec.hooks().entrySet()) {
      for (int i = 0; i < hook.getValue().size(); i++) {
        String key = "hooks." + hook.getKey() + "[" + i + "].location";
        check(key, hook.getValue().get(i).location(), "script");
      }
    }
  }

  private void check(String key, String path, String what) {
    BundleResolution found = index.resolve(path);
    String problem =
        switch (found.outcome()) {
          case FOUND -> "";
          case MISSING -> "is not in the bundle";
          case OUTSIDE -> "leads out of the bundle";
          case LOOP -> "is a link that leads round in circles";
        };
    if (!problem.isEmpty()) {
      String message = "the " + what + " \"" + path + "\" " + problem + "; add it or correct it";
      findings.add(new Finding(Severity.ERROR, file, 0, 0, key, message));
    }
  }
}
