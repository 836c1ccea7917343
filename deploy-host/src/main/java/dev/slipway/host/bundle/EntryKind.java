package dev.slipway.host.bundle;

/** What an entry of a bundle is. Bundles hold nothing else: no devices, pipes or sockets. */
public enum EntryKind {
  /** A regular file. */
  FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link, whatever its target is. */
  SYMLINK
}
