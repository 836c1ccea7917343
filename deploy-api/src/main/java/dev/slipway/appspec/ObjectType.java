package dev.slipway.appspec;

/** What kind of thing a permission applies to. */
public enum ObjectType {
  /** Regular files, and links to them. */
  FILE,
  /** Directories. */
  DIRECTORY
}
