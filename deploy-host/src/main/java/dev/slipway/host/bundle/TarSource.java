package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Reads a tar, compressed with gzip or not, once from front to back. */
final class TarSource implements BundleSource {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC_BYTES = 6;

  private final Path archive;
  private final IntakeGate gate;
  private final boolean mustBeGzip;

  TarSource(Path archive, IntakeGate gate, boolean mustBeGzip) {
    this.archive = archive;
    this.gate = gate;
    this.mustBeGzip = mustBeGzip;
  }

  @Override
  public void tellAll(MemberSink sink) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER_BYTES);
        HeaderBudget plain = new HeaderBudget(decompressed(file));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                plain,
                TarConstants.DEFAULT_BLKSIZE,
                TarConstants.DEFAULT_RCDSIZE,
                "UTF-8",
                /* lenient= */ false)) {
      for (TarArchiveEntry entry = next(tar, plain); entry != null; entry = next(tar, plain)) {
        gate.countEntry();
        if (!plain.holds(entry.getName()) || !plain.holds(entry.getLinkName())) {
          throw gate.notUtf8(entry.getName());
        }
        tell(entry, tar, sink);
      }
      readToTheEnd(plain);
    }
  }

  private InputStream decompressed(InputStream file) throws IOException {
    file.mark(MAGIC_BYTES);
    byte[] magic = file.readNBytes(MAGIC_BYTES);
    file.reset();
    Magic found = Magic.of(magic);
    if (found == Magic.GZIP) {
      try {
        return new GZIPInputStream(file, BUFFER_BYTES);
      } catch (IOException e) {
        throw gate.damage("it begins like gzip data and is none", e);
      }
    }
    if (found != Magic.OTHER || mustBeGzip) {
      throw gate.refusal(
          "it is "
              + found.words()
              + ", not a tar"
              + (mustBeGzip ? " compressed with gzip" : " or a tar compressed with gzip"));
    }
    return file;
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar, HeaderBudget budget) {
    budget.beginHeader();
    try {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry != null && !entry.isCheckSumOK()) {
        throw gate.refusal("it is no tar, or damaged: a header does not fit its checksum");
      }
      return entry;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The archive library lets both kinds out when data makes no sense.
      throw gate.damage("it is no tar, or damaged or cut off", e);
    } finally {
      budget.endHeader();
    }
  }

  private void tell(TarArchiveEntry entry, TarArchiveInputStream tar, MemberSink sink)
      throws IOException {
    String name = entry.getName();
    TarKind kind = TarKind.of(entry);
    if (kind == TarKind.LABEL || (kind.isSpecial() && gate.skipsSpecial(name, kind.words()))) {
      content(entry, name, tar).drain();
      return;
    }
    String path = gate.path(name);
    if (path.isEmpty()) {
      if (kind != TarKind.DIRECTORY) {
        throw gate.refusal("the entry " + IntakeGate.quote(name) + " is no directory but the root");
      }
      return;
    }
    Member member = member(entry, path, kind);
    switch (kind) {
      case DIRECTORY -> sink.directory(member);
      case SYMLINK -> sink.symlink(member, gate.linkTarget(path, entry.getLinkName()));
      case HARDLINK -> sink.hardlink(member, gate.path(entry.getLinkName()));
      case FILE -> {
        CountedContent content = content(entry, path, tar);
        sink.file(member, size(entry), () -> content);
        content.drain();
      }
      case DEVICE, PIPE, CONTINUED, LABEL -> throw new IllegalStateException("handled above");
    }
  }

  private CountedContent content(TarArchiveEntry entry, String path, InputStream tar) {
    return new CountedContent(
        new EntryBytes(tar),
        gate,
        path,
        new CountedContent.Promise(size(entry), CountedContent.Promise.UNCHECKED));
  }

  private static long size(TarArchiveEntry entry) {
    return entry.isSparse() ? entry.getRealSize() : entry.getSize();
  }

  private Member member(TarArchiveEntry entry, String path, TarKind kind) {
    int mode = kind == TarKind.DIRECTORY ? entry.getMode() & 07777 : gate.fileMode(entry.getMode());
    Owner owner =
        new Owner(
            entry.getLongUserId(),
            entry.getLongGroupId(),
            entry.getUserName(),
            entry.getGroupName());
    return new Member(path, mode, true, entry.getLastModifiedTime(), gate.owner(owner));
  }

  /** Reads behind the end mark, because gzip keeps its checksum at the very end. */
  private void readToTheEnd(InputStream plain) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
        gate.countBytes(read);
      }
    } catch (RevisionException e) {
      throw e;
    } catch (IOException e) {
      throw gate.damage("it is damaged or cut off at its end", e);
    }
  }

  /** The archive goes on after an entry. */
  private static final class EntryBytes extends FilterInputStream {

    EntryBytes(InputStream tar) {
      super(tar);
    }

    @Override
    public void close() {}
  }
}
