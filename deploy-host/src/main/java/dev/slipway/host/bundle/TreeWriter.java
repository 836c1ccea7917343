package dev.slipway.host.bundle;

import dev.slipway.host.bundle.UnixFiles.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the entries of a bundle below a directory of its own, which nobody else changes meanwhile.
 * It never goes through a link: what is above an entry is a real directory, or the bundle is
 * refused.
 */
final class TreeWriter implements MemberSink {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;
  private final IntakeGate gate;
  private final UnixFiles unix = new UnixFiles();
  private final boolean mayGiveAway;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Directories that were seen to be real. They stay so: one is only replaced by way of here. */
  private final Set<String> directories = new HashSet<>(Set.of(""));

  /** What directories get at the end: a read-only one could not be filled. */
  private final TreeMap<String, Member> unfinished = new TreeMap<>();

  /**
   * Makes one.
   *
   * @param root an empty directory
   */
  TreeWriter(Path root, IntakeGate gate) throws IOException {
    this.root = root;
    this.gate = gate;
    this.mayGiveAway = UnixFiles.ownedByRoot(root);
  }

  @Override
  public void directory(Member member) throws IOException {
    String path = member.path();
    if (!directories.contains(path)) {
      Path place = prepare(path);
      Optional<Status> there = UnixFiles.status(place);
      if (there.isPresent() && !there.get().isDirectory()) {
        Files.delete(place);
      }
      if (there.isEmpty() || !there.get().isDirectory()) {
        Files.createDirectory(place);
      }
      directories.add(path);
    }
    unfinished.put(path, member);
  }

  @Override
  public void file(Member member, long size, Content content) throws IOException {
    Path place = prepare(member.path());
    try (OutputStream out = create(member, place);
        InputStream in = content.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
    finishFile(member, place);
  }

  private OutputStream create(Member member, Path place) throws IOException {
    // Open to its owner until it is finished: the time of what nobody may read is not to be set.
    int atFirst = (member.mode() & 0777) | (member.exactMode() ? 0600 : 0);
    try {
      return open(place, atFirst);
    } catch (FileAlreadyExistsException e) {
      clear(member.path(), place);
      return open(place, atFirst);
    }
  }

  private static OutputStream open(Path place, int mode) throws IOException {
    return Channels.newOutputStream(
        Files.newByteChannel(
            place,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            CreationMode.of(mode)));
  }

  @Override
  public void symlink(Member member, String target) throws IOException {
    Path place = prepare(member.path());
    Path targetPath = toPath(member.path(), () -> root.getFileSystem().getPath(target));
    try {
      Files.createSymbolicLink(place, targetPath);
    } catch (FileAlreadyExistsException e) {
      clear(member.path(), place);
      Files.createSymbolicLink(place, targetPath);
    }
    if (mayGiveAway && !member.owner().equals(Owner.UNNAMED)) {
      unix.setOwner(place, member.owner());
    }
    FileTime modified = member.modified();
    if (modified != null) {
      UnixFiles.setModified(place, modified);
    }
  }

  @Override
  public void hardlink(Member member, String earlier) throws IOException {
    Path existing = prepare(earlier);
    Optional<Status> there = UnixFiles.status(existing);
    if (there.isEmpty() || there.get().isDirectory()) {
      throw noSuchFile(member.path(), earlier);
    }
    if (member.path().equals(earlier)) {
      return;
    }
    Path place = prepare(member.path());
    try {
      Files.createLink(place, existing);
    } catch (FileAlreadyExistsException e) {
      clear(member.path(), place);
      Files.createLink(place, existing);
    }
  }

  private RuntimeException noSuchFile(String path, String earlier) {
    return gate.refusal(
        "the hard link "
            + IntakeGate.quote(path)
            + " is to "
            + IntakeGate.quote(earlier)
            + ", which is no file before it in the bundle");
  }

  /** Gives every directory its mode, time and owner, from the deepest to the top. */
  void finishDirectories() throws IOException {
    for (Member member : unfinished.descendingMap().values()) {
      finish(member, place(member.path()));
    }
  }

  /** Changes only what is not so already, because each change costs more than a look. */
  private void finishFile(Member member, Path place) throws IOException {
    if (!member.exactMode()) {
      finish(member, place);
      return;
    }
    Status now = UnixFiles.status(place).orElseThrow();
    boolean given =
        mayGiveAway
            && !member.owner().equals(Owner.UNNAMED)
            && unix.giveUnlessOwned(place, member.owner(), now);
    FileTime modified = member.modified();
    if (modified != null) {
      UnixFiles.setModified(place, modified);
    }
    if (given || now.permissions() != member.mode()) {
      UnixFiles.setMode(place, member.mode());
    }
  }

  private void finish(Member member, Path place) throws IOException {
    if (mayGiveAway && !member.owner().equals(Owner.UNNAMED)) {
      unix.setOwner(place, member.owner());
    }
    FileTime modified = member.modified();
    if (modified != null) {
      UnixFiles.setModified(place, modified);
    }
    if (member.exactMode()) {
      // Last: a change of owner takes set-id bits away, and the time of what nobody may read is
      // not to be set.
      UnixFiles.setMode(place, member.mode());
    }
  }

  /** Returns the place of an entry after making the directories above it. */
  private Path prepare(String path) throws IOException {
    makeDirectories(EntryPaths.parent(path), path);
    return place(path);
  }

  private void makeDirectories(String directory, String path) throws IOException {
    if (directories.contains(directory)) {
      return;
    }
    makeDirectories(EntryPaths.parent(directory), path);
    Path place = place(directory);
    Optional<Status> there = UnixFiles.status(place);
    if (there.isEmpty()) {
      Files.createDirectory(place);
    } else if (!there.get().isDirectory()) {
      throw gate.refusal(
          "the entry "
              + IntakeGate.quote(path)
              + " is below "
              + IntakeGate.quote(directory)
              + ", which is a "
              + (there.get().isLink() ? "link" : "file"));
    }
    directories.add(directory);
  }

  /** Makes room for an entry that the bundle has a second time. */
  private void clear(String path, Path place) throws IOException {
    try {
      Files.delete(place);
    } catch (DirectoryNotEmptyException e) {
      throw gate.refusal(
          "the entry " + IntakeGate.quote(path) + " replaces a directory that is not empty");
    }
    directories.remove(path);
    unfinished.remove(path);
  }

  private Path place(String path) {
    return toPath(path, () -> root.resolve(path));
  }

  private interface PathMaker {
    Path make();
  }

  private Path toPath(String entry, PathMaker maker) {
    try {
      return maker.make();
    } catch (InvalidPathException e) {
      throw gate.damage(
          "the name of the entry "
              + IntakeGate.quote(entry)
              + " does not fit this process's locale; start it with LC_ALL=C.UTF-8",
          e);
    }
  }
}
