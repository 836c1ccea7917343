package dev.slipway.host.bundle;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Modes, times and owners of files of a Unix host. One for each piece of work: it remembers the
 * users and groups that it looked up.
 */
final class UnixFiles {

  private static final int MODE_BITS = 07777;

  /** So many are remembered; a bundle has a few, a hostile one may have as many as entries. */
  private static final int MOST_OWNERS = 1_000;

  private final Map<String, Optional<UserPrincipal>> users = new HashMap<>();
  private final Map<String, Optional<GroupPrincipal>> groups = new HashMap<>();

  /** A file of each owner, to know an owner's numbers by. */
  private final Map<Owner, Status> given = new HashMap<>();

  /**
   * What there is at a path, links not followed.
   *
   * @param mode type and permission bits
   * @param size in bytes
   * @param uid the number of its owner
   * @param gid the number of its group
   */
  record Status(int mode, long size, int uid, int gid) {
    private static final int KIND_BITS = 0170000;

    boolean isDirectory() {
      return (mode & KIND_BITS) == 0040000;
    }

    boolean isFile() {
      return (mode & KIND_BITS) == 0100000;
    }

    boolean isLink() {
      return (mode & KIND_BITS) == 0120000;
    }

    int permissions() {
      return mode & MODE_BITS;
    }
  }

  /** Returns what is at a path, or empty if nothing is there. */
  static Optional<Status> status(Path path) throws IOException {
    try {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:mode,size,uid,gid", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new Status(
              (int) requireNonNull(found.get("mode")),
              (long) requireNonNull(found.get("size")),
              (int) requireNonNull(found.get("uid")),
              (int) requireNonNull(found.get("gid"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static boolean ownedByRoot(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0);
  }

  static void setMode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode & MODE_BITS);
  }

  static void setModified(Path path, FileTime modified) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(modified, null, null);
  }

  /** Gives a file, or a link itself, to its owner: by name if the host has it, else by number. */
  void setOwner(Path path, Owner owner) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    UserPrincipalLookupService lookup = path.getFileSystem().getUserPrincipalLookupService();
    Optional<UserPrincipal> user = user(lookup, owner.user());
    Optional<GroupPrincipal> group = group(lookup, owner.group());
    if (group.isPresent()) {
      view.setGroup(group.get());
    } else if (owner.gid() >= 0) {
      Files.setAttribute(path, "unix:gid", (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
    }
    if (user.isPresent()) {
      view.setOwner(user.get());
    } else if (owner.uid() >= 0) {
      Files.setAttribute(path, "unix:uid", (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * Gives a file to its owner unless it is there already.
   *
   * @param now what is known of the file
   * @return whether anything was changed
   */
  boolean giveUnlessOwned(Path path, Owner owner, Status now) throws IOException {
    Status known = given.get(owner);
    if (known != null && known.uid() == now.uid() && known.gid() == now.gid()) {
      return false;
    }
    setOwner(path, owner);
    if (given.size() < MOST_OWNERS) {
      given.put(owner, status(path).orElseThrow());
    }
    return true;
  }

  private Optional<UserPrincipal> user(UserPrincipalLookupService lookup, String name)
      throws IOException {
    Optional<UserPrincipal> known = users.get(name);
    if (known == null) {
      known = lookUp(name, lookup::lookupPrincipalByName);
      users.put(name, known);
    }
    return known;
  }

  private Optional<GroupPrincipal> group(UserPrincipalLookupService lookup, String name)
      throws IOException {
    Optional<GroupPrincipal> known = groups.get(name);
    if (known == null) {
      known = lookUp(name, lookup::lookupPrincipalByGroupName);
      groups.put(name, known);
    }
    return known;
  }

  private interface LookUp<T> {
    T find(String name) throws IOException;
  }

  private static <T> Optional<T> lookUp(String name, LookUp<T> lookUp) throws IOException {
    // The JDK takes a name of digits for a number, which would go before the tar's own number.
    if (name.isEmpty() || name.chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    try {
      return Optional.of(lookUp.find(name));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    }
  }
}
