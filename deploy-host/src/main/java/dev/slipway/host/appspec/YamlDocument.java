package dev.slipway.host.appspec;

import dev.slipway.failure.AppSpecException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The first YAML document of a file, as nodes that know their places.
 *
 * @param root the document, or null when there is none
 * @param hasByteOrderMark whether the file starts with a byte order mark, which is skipped
 * @param hasMore whether another document follows, which is ignored
 */
record YamlDocument(@Nullable Node root, boolean hasByteOrderMark, boolean hasMore) {

  /** The largest file that is read; real ones have a few hundred bytes. */
  static final int MOST_BYTES = 1024 * 1024;

  /** How deep lists and maps may be nested; an AppSpec needs five levels. */
  private static final int MOST_LEVELS = 50;

  /** How many aliases of lists and maps there may be. */
  private static final int MOST_ALIASES = 1_000;

  /** How many characters are read again at most because of tabs. */
  private static final long MOST_REPAIRED = 2_000_000;

  /** How messages about the YAML itself begin, as in the agent's version 2. */
  static final String PREFIX = "The deployment failed because of a YAML parsing error: ";

  /**
   * Reads the first document.
   *
   * @throws AppSpecException when the bytes are no UTF-8, no YAML, or too much
   */
  static YamlDocument read(String file, byte[] content) {
    if (content.length > MOST_BYTES) {
      throw error(
          file,
          0,
          0,
          "the file has "
              + content.length
              + " bytes, but an AppSpec may have at most "
              + MOST_BYTES
              + ".");
    }
    String text = decode(file, content);
    boolean mark = text.startsWith("\uFEFF");
    return compose(file, mark ? text.substring(1) : text, mark);
  }

  private static YamlDocument compose(String file, String text, boolean mark) {
    String repaired = text;
    for (long work = 0; ; work += text.length()) {
      try {
        Composer composer = composer(repaired);
        Node root = composer.checkNode() ? composer.getNode() : null;
        return new YamlDocument(root, mark, root != null && hasNext(composer));
      } catch (MarkedYAMLException e) {
        int tab = work < MOST_REPAIRED && isTab(e) ? e.getProblemMark().getIndex() : text.length();
        String before = repaired;
        repaired = TabRepair.apply(before, tab).orElseThrow(() -> syntaxError(file, e));
      } catch (YAMLException e) {
        throw otherError(file, text, e);
      }
    }
  }

  private static boolean isTab(MarkedYAMLException e) {
    return e.getProblem() != null && e.getProblem().contains("(TAB)");
  }

  private static AppSpecException otherError(String file, String text, YAMLException e) {
    return e instanceof ReaderException reader
        ? characterError(file, text, reader)
        : error(file, 0, 0, e.getMessage() + ".");
  }

  private static Composer composer(String text) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MOST_BYTES);
    limits.setNestingDepthLimit(MOST_LEVELS);
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    limits.setProcessComments(false);
    limits.setTagInspector(tag -> true);
    return new Composer(
        new ParserImpl(new StreamReader(text), limits), new Nodes.OpenResolver(), limits);
  }

  /** Returns whether another document begins; what is wrong in it is nobody's concern. */
  private static boolean hasNext(Composer composer) {
    try {
      return composer.checkNode();
    } catch (YAMLException e) {
      return true;
    }
  }

  private static String decode(String file, byte[] content) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(content);
    CharBuffer out = CharBuffer.allocate(content.length);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      return out.flip().toString();
    }
    String good = out.flip().toString();
    throw error(
        file,
        lineAt(good, good.length()),
        columnAt(good, good.length()),
        String.format(
            "byte %02x is no UTF-8. Save the file as UTF-8.", content[in.position()] & 0xff));
  }

  private static AppSpecException syntaxError(String file, MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    String problem = e.getProblem() == null ? "the text is no YAML" : e.getProblem();
    String context = e.getContext() == null ? "" : " " + e.getContext();
    return error(
        file,
        mark == null ? 0 : mark.getLine() + 1,
        mark == null ? 0 : mark.getColumn() + 1,
        isTab(e)
            ? "a tab stands where YAML allows blanks only. Indent with blanks."
            : RubyText.shown((problem + context).replaceAll("\\s+", " "))
                + "."
                + hint(problem, context));
  }

  /** Returns the remedy for the mistakes that are made most. */
  private static String hint(String problem, String context) {
    if (context.contains("alias") || context.contains("anchor")) {
      return " Put a value that starts with * or & in quotes.";
    }
    if (problem.contains("mapping values are not allowed")) {
      return " Put a value that holds a colon before a blank in quotes, and look at the indentation"
          + " of the line.";
    }
    return problem.contains("cannot start any token")
        ? " Put a value that starts with this character in quotes."
        : "";
  }

  private static AppSpecException characterError(String file, String text, ReaderException e) {
    int codePoint = e.getCodePoint();
    int at = text.indexOf(codePoint);
    return error(
        file,
        at < 0 ? 0 : lineAt(text, at),
        at < 0 ? 0 : columnAt(text, at),
        String.format("the character U+%04X is not allowed in YAML.", codePoint));
  }

  private static AppSpecException error(String file, int line, int column, String message) {
    return new AppSpecException(file, line, column, "", PREFIX + message);
  }

  private static int lineAt(String text, int index) {
    return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
  }

  private static int columnAt(String text, int index) {
    return index - text.lastIndexOf('\n', index - 1);
  }
}
