package dev.slipway.provider.onprem.settings;

import dev.slipway.failure.RequestException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a settings file into a tree whose values know their place. */
public final class SettingsFile {

  /** Longest file that is read, in characters: a thousand hosts written out need less than 1 Mi. */
  private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

  private static final int DEEPEST_NESTING = 32;
  private static final int MOST_ALIASES = 1_000;

  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @param file a YAML file in UTF-8
   * @return its top
   * @throws RequestException if it cannot be read, is not YAML, or is empty
   */
  public static Setting read(Path file) {
    return parse(file.toString(), content(file));
  }

  /**
   * Reads text as if it stood in a file.
   *
   * @param file the name that messages use
   * @param text the YAML
   * @return its top
   * @throws RequestException if it is not YAML, or is empty
   */
  public static Setting parse(String file, String text) {
    Node top = compose(file, text);
    if (top == null) {
      throw new RequestException(file + ": is empty; write at least one key, such as \"hosts:\".");
    }
    return new Setting(file, "", top);
  }

  private static String content(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new RequestException(file + ": is a directory; name a YAML file.");
      }
      if (Files.size(file) > 4L * MOST_CHARACTERS) {
        throw new RequestException(file + ": is " + Files.size(file) + " bytes long; " + limit());
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RequestException(file + ": does not exist; name a YAML file that does.", e);
    } catch (AccessDeniedException e) {
      throw new RequestException(file + ": may not be read by this user; check its mode.", e);
    } catch (CharacterCodingException e) {
      throw new RequestException(file + ": is not UTF-8 text; save it as UTF-8.", e);
    } catch (IOException e) {
      throw new RequestException(file + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static @Nullable Node compose(String file, String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new RequestException(file + ": is " + text.length() + " characters long; " + limit());
    }
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MOST_CHARACTERS);
    limits.setNestingDepthLimit(DEEPEST_NESTING);
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    try {
      return new Yaml(limits).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw new RequestException(place(file, e.getProblemMark()) + ": is not YAML: " + said(e), e);
    } catch (YAMLException e) {
      throw new RequestException(file + ": is not YAML: " + firstLine(e.getMessage()) + ".", e);
    }
  }

  private static String said(MarkedYAMLException e) {
    String context = e.getContext() == null ? "" : firstLine(e.getContext()) + ", ";
    return context + firstLine(e.getProblem()) + "; correct the syntax there.";
  }

  private static String place(String file, @Nullable Mark mark) {
    return mark == null ? file : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "unreadable" : text.lines().findFirst().orElse("unreadable");
  }

  private static String limit() {
    return "at most " + MOST_CHARACTERS + " characters are read.";
  }
}
