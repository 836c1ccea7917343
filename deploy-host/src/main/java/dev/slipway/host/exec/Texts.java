package dev.slipway.host.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** What to tell a user of an exception of Java's, whose own messages are often a bare path. */
final class Texts {

  private Texts() {}

  static String of(IOException e) {
    if (e instanceof FileSystemException problem) {
      String reason = reason(problem);
      return reason + " - " + problem.getFile();
    }
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  /** Returns what the exception wraps. */
  static IOException cause(UncheckedIOException e) {
    return Objects.requireNonNull(e.getCause());
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "File exists";
    }
    if (e instanceof NotDirectoryException) {
      return "Not a directory";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "Directory not empty";
    }
    if (e instanceof FileSystemLoopException) {
      return "Too many levels of symbolic links";
    }
    String reason = e.getReason();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
