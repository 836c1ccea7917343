package dev.slipway.host.bundle;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the entries of a bundle in the order in which they stand there. A later entry replaces an
 * earlier one of the same path.
 */
interface MemberSink {

  /** A directory; the root is never told. */
  void directory(Member member) throws IOException;

  /**
   * A regular file.
   *
   * @param size its bytes, as the bundle says
   * @param content opened at most once, during this call
   */
  void file(Member member, long size, Content content) throws IOException;

  /** A symbolic link. */
  void symlink(Member member, String target) throws IOException;

  /**
   * A second name of an earlier file.
   *
   * @param earlier the path of that file
   */
  void hardlink(Member member, String earlier) throws IOException;

  /** The bytes of a file. */
  @FunctionalInterface
  interface Content {

    /** Opens them. The caller closes the stream. */
    InputStream open() throws IOException;
  }
}
