package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.failure.RequestException;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.appspec.Finding;
import dev.slipway.host.appspec.Finding.Severity;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleIndexReader;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks an AppSpec, alone or in its bundle. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks an AppSpec file, or the AppSpec of a directory or archive and the scripts and files"
          + " it names there.",
      "Exits with 0 when there is no error, and with 2 otherwise; warnings do not count."
    })
final class ValidateCommand implements Callable<Integer> {

  private static final long MOST_BYTES = 4 << 20;

  private final Console console;

  @Parameters(paramLabel = "FILE|DIR|ARCHIVE", description = "what to check")
  private Path what = Path.of("appspec.yml");

  @Option(
      names = "--appspec",
      paramLabel = "PATH",
      description = "where the AppSpec is in a directory or archive (${DEFAULT-VALUE})")
  private String appSpec = "appspec.yml";

  @Option(names = "--json", description = "answer with one JSON document")
  private boolean json;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Finding> findings = findings();
    boolean isValid = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
    if (json) {
      console.out().println(JsonText.line(document(isValid, findings)));
    } else {
      findings.forEach(finding -> console.out().println(finding.describe()));
      console.out().println(what + (isValid ? ": no errors" : ": not valid"));
    }
    return isValid ? ExitCode.SUCCEEDED : ExitCode.BAD_INPUT;
  }

  private List<Finding> findings() {
    if (Files.isDirectory(what)) {
      return inBundle(BundleType.DIRECTORY);
    }
    if (!Files.exists(what)) {
      throw new RequestException(what + ": does not exist; name a file, directory or archive.");
    }
    String name = what.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json")) {
      return AppSpecParser.forAnyHost().lint(what.toString(), content());
    }
    try {
      return inBundle(BundleType.of(name));
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          what + ": must end in .yml, .yaml, .zip, .tar, .tgz or .tar.gz or be a directory.", e);
    }
  }

  private List<Finding> inBundle(BundleType type) {
    List<String> candidates = AppSpecName.of(appSpec).candidates();
    BundleIndex index =
        new BundleIndexReader(IntakeOptions.SAFE).read(what, type, Set.copyOf(candidates));
    for (String candidate : candidates) {
      byte[] content = index.content(candidate).orElse(null);
      if (content != null) {
        String file = what.resolve(candidate).toString();
        return AppSpecParser.forAnyHost().lint(file, content, index);
      }
    }
    throw new RequestException(
        what
            + ": has no "
            + String.join(" or ", candidates)
            + "; add one, or name it by --appspec.");
  }

  private byte[] content() {
    try {
      if (Files.size(what) > MOST_BYTES) {
        throw new RequestException(
            what + ": is larger than any AppSpec, " + MOST_BYTES + " bytes.");
      }
      return Files.readAllBytes(what);
    } catch (IOException e) {
      throw new RequestException(what + ": cannot be read: " + e + ".", e);
    }
  }

  private static ObjectNode document(boolean isValid, List<Finding> findings) {
    ObjectNode document = JsonText.object().put("valid", isValid);
    ArrayNode all = document.putArray("findings");
    for (Finding finding : findings) {
      all.addObject()
          .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
          .put("file", finding.file())
          .put("line", finding.line())
          .put("column", finding.column())
          .put("key", finding.key())
          .put("message", finding.message());
    }
    return document;
  }
}
