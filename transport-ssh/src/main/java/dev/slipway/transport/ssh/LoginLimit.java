package dev.slipway.transport.ssh;

import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * How many connections to the same server may be on their way from its door to its account at once.
 * OpenSSH's server drops some that have not logged in yet when they are more than ten ({@code
 * MaxStartups}), whoever they are for: many hosts may share an address, or a server on the way.
 */
final class LoginLimit {

  private static final int AT_ONCE = 8;

  private final Map<String, Door> doors = new HashMap<>();

  /** Where so many may be at once, and how many are there or wait. Guarded by the map. */
  private static final class Door {
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private int visitors;
  }

  /** A place at a server's door; to be closed once, by any thread. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a place. Each is given back in a bounded time: a server that lets somebody in and
   * then says nothing is left.
   *
   * @param server its address and port, and the way to it
   */
  Place enter(String server) throws InterruptedIOException {
    Door door;
    synchronized (doors) {
      door = doors.computeIfAbsent(server, unused -> new Door());
      door.visitors++;
    }
    try {
      door.places.acquire();
    } catch (InterruptedException e) {
      leave(server, door);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while others log in at " + server);
    }
    return () -> {
      door.places.release();
      leave(server, door);
    };
  }

  private void leave(String server, Door door) {
    synchronized (doors) {
      door.visitors--;
      if (door.visitors == 0) {
        doors.remove(server);
      }
    }
  }

  /** Returns at how many servers somebody logs in, or waits for that. */
  int servers() {
    synchronized (doors) {
      return doors.size();
    }
  }
}
