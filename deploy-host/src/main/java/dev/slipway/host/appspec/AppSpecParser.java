package dev.slipway.host.appspec;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.OperatingSystem;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.bundle.BundleIndex;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an AppSpec as CodeDeploy's agent 1.8 does, down to its texts of errors and its view of
 * YAML, and says more than it does: the place of each error, and what will hardly work as meant.
 *
 * <p>Where the agent is merely unfriendly this parser is not: it skips a byte order mark, takes
 * aliases, and says in words what makes the agent fail with those of its interpreter. Whatever the
 * agent of version 1.8 takes, it takes too, within 1 MiB and 50 levels.
 *
 * <p>Immutable, without I/O, and safe for use by many threads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure.html">
 *     AppSpec file structure</a>
 */
public final class AppSpecParser {

  private final Set<OperatingSystem> accepted;
  private final boolean modesAsWritten;

  private AppSpecParser(Set<OperatingSystem> accepted, boolean modesAsWritten) {
    this.accepted = accepted;
    this.modesAsWritten = modesAsWritten;
  }

  /** Returns a parser for Linux hosts: {@code os: windows} is an error. */
  public static AppSpecParser linux() {
    return forHosts(OperatingSystem.LINUX);
  }

  /** Returns a parser for hosts of one operating system: the other one's AppSpec is an error. */
  public static AppSpecParser forHosts(OperatingSystem os) {
    return new AppSpecParser(EnumSet.of(os), false);
  }

  /** Returns a parser that takes an AppSpec for what it says it is: for checks without a host. */
  public static AppSpecParser forAnyHost() {
    return new AppSpecParser(EnumSet.allOf(OperatingSystem.class), false);
  }

  /**
   * Returns a parser that takes modes as they are written, as the agent's version 2 does: {@code
   * 0644} without quotes is mode 0644. Otherwise YAML's reading counts, as in version 1.8: it is
   * the number 420, so mode 0420.
   */
  public AppSpecParser withModesAsWritten() {
    return new AppSpecParser(accepted, true);
  }

  /**
   * Reads an AppSpec.
   *
   * @param fileName the name for messages
   * @param content the bytes of the file
   * @throws AppSpecException with the first error, in the order in which the agent looks
   */
  public ParsedAppSpec parse(String fileName, byte[] content) {
    Problems problems = Problems.throwing(fileName);
    AppSpec appSpec = read(content, null, problems);
    if (appSpec == null) {
      throw new IllegalStateException("an AppSpec was not read, but no error was thrown");
    }
    return new ParsedAppSpec(appSpec, problems.findings(), problems.installProblem());
  }

  /**
   * Checks an AppSpec, and never throws because of what is in it.
   *
   * @param fileName the name for messages
   * @param content the bytes of the file
   * @return errors, warnings and notes in the order of the file
   */
  public List<Finding> lint(String fileName, byte[] content) {
    return check(fileName, content, null);
  }

  /**
   * Checks an AppSpec and whether the bundle has its scripts and sources, and never throws because
   * of what is in it.
   *
   * @param fileName the name for messages
   * @param content the bytes of the file
   * @param bundle the bundle that it is in
   * @return errors, warnings and notes in the order of the file
   */
  public List<Finding> lint(String fileName, byte[] content, BundleIndex bundle) {
    return check(fileName, content, bundle);
  }

  private List<Finding> check(String fileName, byte[] content, @Nullable BundleIndex bundle) {
    Problems problems = Problems.gathering(fileName);
    try {
      read(content, bundle, problems);
    } catch (AppSpecException e) {
      problems.add(e);
    }
    return problems.findings();
  }

  private @Nullable AppSpec read(byte[] content, @Nullable BundleIndex bundle, Problems problems) {
    YamlDocument document = YamlDocument.read(problems.file(), content);
    return new AppSpecReader(accepted, modesAsWritten, bundle, problems).read(document);
  }
}
