package dev.slipway.transport.ssh;

import dev.slipway.failure.RevisionException;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The bundles of all deployments that go on, each read and packed once however many hosts get it.
 * Thread-safe; guarded by its own monitor, which nobody holds while a bundle is read.
 */
final class SentBundles {

  private final Path directory;
  private final Reader reader;
  private final Map<Key, Use> uses = new HashMap<>();

  SentBundles(Path directory, Reader reader) {
    this.directory = directory;
    this.reader = reader;
  }

  /** Brings a bundle into the form in which hosts get it. */
  interface Reader {
    SentBundle read(Bundle bundle, Path directory, Set<String> appSpecs);
  }

  private record Key(Bundle bundle, Set<String> appSpecs) {}

  private final class Use {
    private final Bundle bundle;
    private final FutureTask<SentBundle> work;
    private int users;

    Use(Bundle bundle, Set<String> appSpecs) {
      this.bundle = bundle;
      this.work =
          new FutureTask<>(() -> reader.read(bundle, directory, appSpecs)) {
            @Override
            protected void done() {
              if (isUnused(Use.this)) {
                deleteIfOurs(Use.this);
              }
            }
          };
    }
  }

  /** A hold on a bundle: while there is one, it is kept. */
  interface Lease extends AutoCloseable {

    /**
     * Returns the bundle, reading it if nobody has. Blocks.
     *
     * @throws RevisionException if the bundle is damaged or refused
     */
    SentBundle get() throws InterruptedException;

    @Override
    void close();
  }

  /** Returns a hold on a bundle; it is read when it is asked for. */
  synchronized Lease lease(Bundle bundle, Set<String> appSpecs) {
    Key key = new Key(bundle, appSpecs);
    Use use = uses.computeIfAbsent(key, first -> new Use(bundle, appSpecs));
    use.users++;
    return new Lease() {
      private boolean open = true;

      @Override
      public SentBundle get() throws InterruptedException {
        return SentBundles.get(use);
      }

      @Override
      public void close() {
        if (open) {
          open = false;
          release(key, use);
        }
      }
    };
  }

  private static SentBundle get(Use use) throws InterruptedException {
    use.work.run();
    try {
      return use.work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RevisionException refused) {
        throw new RevisionException(String.valueOf(refused.getMessage()), refused);
      }
      throw new IllegalStateException("reading a bundle ended in an unexpected way", e.getCause());
    }
  }

  private void release(Key key, Use use) {
    synchronized (this) {
      use.users--;
      if (use.users > 0) {
        return;
      }
      uses.remove(key);
    }
    // Whoever reads it yet will find that nobody wants it any more.
    if (use.work.isDone()) {
      deleteIfOurs(use);
    }
  }

  private synchronized boolean isUnused(Use use) {
    return use.users == 0;
  }

  private static void deleteIfOurs(Use use) {
    try {
      use.work.get().deltas().delete();
      Path file = use.work.get().file();
      if (!file.equals(use.bundle.file())) {
        Files.deleteIfExists(file);
      }
    } catch (ExecutionException e) {
      // It was never packed, so there is nothing to delete.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
