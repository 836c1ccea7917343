package dev.slipway.examples.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that nothing listens at. */
public final class Ports {

  /** Below what systems give to outgoing connections, so that they stay free for a while. */
  private static final int FIRST = 15_000;

  private static final int LAST = 32_000;
  private static final int STEP = 97;

  private Ports() {}

  /**
   * Returns so many free ports of 127.0.0.1. Where the search begins depends on this process, so
   * that two at a time do not find the same.
   */
  public static List<Integer> free(int count) throws IOException {
    List<Integer> free = new ArrayList<>();
    int range = LAST - FIRST;
    int start = (int) (ProcessHandle.current().pid() * STEP % range);
    for (int i = 0; i < range && free.size() < count; i++) {
      int port = FIRST + (start + i) % range;
      if (isFree(port)) {
        free.add(port);
      }
    }
    if (free.size() < count) {
      throw new IOException("fewer than " + count + " free ports from " + FIRST + " to " + LAST);
    }
    return List.copyOf(free);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
