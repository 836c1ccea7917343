package dev.slipway.transport.ssh;

import dev.slipway.spi.transport.UnreachableReason;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a transport. One to a server on the way is shared by the hosts behind it, up
 * to a number; who asks while it is made waits for it. One to a host belongs to whoever has taken
 * it, and when it is given back it is there for the next one for a while.
 *
 * <p>Thread-safe. Its monitor guards its fields and is never held while something blocks.
 *
 * @param <C> what a connection is
 */
final class ConnectionPool<C extends ConnectionPool.Connection> implements Closeable {

  /** A connection as far as the pool is concerned. */
  interface Connection extends Closeable {

    /** Returns whether nothing is known that speaks against it. Does not block. */
    boolean isAlive();

    /** Asks for a sign of life and returns whether the one before was answered. Does not block. */
    boolean answers();

    @Override
    void close();
  }

  /** Connects and logs in. */
  interface Maker<C> {

    /**
     * Makes a connection. Blocks.
     *
     * @param through the connection to the server before, if there is one
     */
    C make(Hop hop, @Nullable C through) throws LinkFailure;
  }

  /** A connection that somebody has taken. It is closed or given back, once. */
  interface Lease<C> extends Closeable {

    /** Returns the connection. */
    C connection();

    /** Returns whether somebody had it before: then it may be of no use, and nobody knows yet. */
    boolean isUsedBefore();

    /**
     * Says that it will be given back soon, or else may be closed by whoever comes by. Does not
     * block.
     */
    void leave();

    /** Hands the connection to whoever wants it next. Does not block. */
    void giveBack();

    /** Ends the connection. */
    @Override
    void close();
  }

  private static final int MOST_SILENT_PROBES = 2;

  /** Each connection that is kept has a socket and a thread. */
  private static final int MOST_KEPT = 256;

  private final Maker<C> maker;
  private final long idleNanos;
  private final int hostsPerJump;
  private final LongSupplier nanoTime;
  private final Map<List<Hop>, Deque<Node>> idle = new HashMap<>();
  private final Map<List<Hop>, List<Node>> jumps = new HashMap<>();
  private final Map<List<Hop>, FutureTask<Node>> making = new HashMap<>();
  private final Set<Taken> leaving = new HashSet<>();
  private boolean closed;

  /**
   * Makes one.
   *
   * @param idle how long a connection stays that nobody uses
   * @param hostsPerJump how many connections go through one to a server on the way
   * @param nanoTime a clock that only goes forward
   */
  ConnectionPool(Maker<C> maker, Duration idle, int hostsPerJump, LongSupplier nanoTime) {
    this.maker = maker;
    this.idleNanos = idle.toNanos();
    this.hostsPerJump = hostsPerJump;
    this.nanoTime = nanoTime;
  }

  private final class Node {
    private final C connection;
    private final @Nullable Node before;
    private int users = 1;
    private long idleSince;
    private int silentProbes;

    Node(C connection, @Nullable Node before) {
      this.connection = connection;
      this.before = before;
    }

    private boolean isTooOld() {
      return users == 0 && nanoTime.getAsLong() - idleSince >= idleNanos;
    }

    private boolean isSilent() {
      silentProbes = connection.answers() ? 0 : silentProbes + 1;
      return silentProbes >= MOST_SILENT_PROBES;
    }

    /** Ends it, and lets go of the one that it goes through. Without the monitor. */
    private void end() {
      connection.close();
      if (before != null) {
        letGo(before);
      }
    }
  }

  /**
   * Takes a connection to a host: one that was given back, or a new one. Blocks.
   *
   * @param way the servers that lead to it, itself the last
   * @throws LinkFailure if there is none and none can be made
   */
  Lease<C> take(List<Hop> way) throws LinkFailure {
    Optional<Node> kept = pollIdle(way);
    return kept.isPresent() ? new Taken(way, kept.get(), true) : new Taken(way, make(way), false);
  }

  private Optional<Node> pollIdle(List<Hop> way) {
    List<Node> useless = new ArrayList<>();
    Optional<Node> found = Optional.empty();
    synchronized (this) {
      Deque<Node> nodes = idle.getOrDefault(way, new ArrayDeque<>());
      // The one that was used last is the likeliest to live.
      while (found.isEmpty() && !nodes.isEmpty()) {
        Node node = nodes.removeLast();
        if (node.connection.isAlive() && !node.isTooOld()) {
          node.users = 1;
          found = Optional.of(node);
        } else {
          useless.add(node);
        }
      }
      if (nodes.isEmpty()) {
        idle.remove(way);
      }
    }
    useless.forEach(Node::end);
    return found;
  }

  private Node make(List<Hop> way) throws LinkFailure {
    int last = way.size() - 1;
    if (last == 0) {
      return new Node(maker.make(way.get(0), null), null);
    }
    Node before = share(way.subList(0, last));
    try {
      return make(way.get(last), before);
    } catch (LinkFailure e) {
      if (before.connection.isAlive()) {
        throw e;
      }
      // It may have died long ago, and nobody knew.
      return make(way.get(last), share(way.subList(0, last)));
    }
  }

  private Node make(Hop hop, Node before) throws LinkFailure {
    boolean done = false;
    try {
      Node node = new Node(maker.make(hop, before.connection), before);
      done = true;
      return node;
    } finally {
      if (!done) {
        letGo(before);
      }
    }
  }

  /** Returns a connection to a server on the way, with one more user. */
  private Node share(List<Hop> way) throws LinkFailure {
    List<Hop> key = List.copyOf(way);
    while (true) {
      FutureTask<Node> task;
      boolean isMine = false;
      synchronized (this) {
        for (Node node : jumps.getOrDefault(key, List.of())) {
          if (node.users < hostsPerJump && node.connection.isAlive()) {
            node.users++;
            return node;
          }
        }
        task = making.get(key);
        if (task == null) {
          task = new FutureTask<>(() -> makeJump(key));
          making.put(key, task);
          isMine = true;
        }
      }
      if (isMine) {
        // Whoever makes one has it, alive or not: nobody makes connections round and round.
        task.run();
        return await(task);
      }
      Node unused = await(task);
    }
  }

  /** Makes one with one user, and shows it to those who wait. */
  private Node makeJump(List<Hop> way) throws LinkFailure {
    Node made = null;
    try {
      made = make(way);
      return made;
    } finally {
      synchronized (this) {
        making.remove(way);
        if (made != null) {
          jumps.computeIfAbsent(way, first -> new ArrayList<>()).add(made);
        }
      }
    }
  }

  private Node await(FutureTask<Node> task) throws LinkFailure {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkFailure(
          UnreachableReason.CONNECTION_LOST, "The wait for a connection was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LinkFailure failure) {
        throw new LinkFailure(failure.reason(), failure.text(), failure);
      }
      throw new IllegalStateException("a connection was not made", e.getCause());
    }
  }

  /** A connection in the hands of somebody. */
  private final class Taken implements Lease<C> {
    private final List<Hop> way;
    private final Node node;
    private final boolean isUsedBefore;
    private boolean over;

    Taken(List<Hop> way, Node node, boolean isUsedBefore) {
      this.way = List.copyOf(way);
      this.node = node;
      this.isUsedBefore = isUsedBefore;
    }

    @Override
    public C connection() {
      return node.connection;
    }

    @Override
    public boolean isUsedBefore() {
      return isUsedBefore;
    }

    @Override
    public void leave() {
      boolean isLeft;
      synchronized (ConnectionPool.this) {
        isLeft = !over && !closed && idleNanos > 0;
        if (isLeft) {
          node.idleSince = nanoTime.getAsLong();
          leaving.add(this);
        }
      }
      if (!isLeft) {
        close();
      }
    }

    @Override
    public void giveBack() {
      if (ends() && !keep(way, node)) {
        node.end();
      }
    }

    @Override
    public void close() {
      if (ends()) {
        node.end();
      }
    }

    private boolean ends() {
      synchronized (ConnectionPool.this) {
        boolean first = !over;
        over = true;
        leaving.remove(this);
        return first;
      }
    }

    private boolean isLeftTooLong() {
      return nanoTime.getAsLong() - node.idleSince >= idleNanos;
    }
  }

  private synchronized boolean keep(List<Hop> way, Node node) {
    if (closed || idleNanos == 0 || kept() >= MOST_KEPT || !node.connection.isAlive()) {
      return false;
    }
    node.users = 0;
    node.idleSince = nanoTime.getAsLong();
    idle.computeIfAbsent(way, first -> new ArrayDeque<>()).addLast(node);
    return true;
  }

  /** Returns how many connections to hosts wait for somebody to take them. */
  synchronized int kept() {
    return idle.values().stream().mapToInt(Deque::size).sum();
  }

  /** Notes that a server on the way has one user less. */
  private void letGo(Node node) {
    boolean isUseless;
    synchronized (this) {
      node.users--;
      node.idleSince = nanoTime.getAsLong();
      isUseless =
          node.users == 0
              && (closed || idleNanos == 0 || !node.connection.isAlive())
              && forgetJump(node);
    }
    if (isUseless) {
      node.end();
    }
  }

  /** Returns whether it was there: who forgets it ends it. With the monitor. */
  private boolean forgetJump(Node node) {
    boolean wasThere = false;
    for (List<Node> nodes : jumps.values()) {
      wasThere |= nodes.remove(node);
    }
    jumps.values().removeIf(List::isEmpty);
    return wasThere;
  }

  /** Ends what nobody has used for too long. */
  void expire() {
    end(Node::isTooOld);
    left(Taken::isLeftTooLong).forEach(Taken::close);
  }

  private synchronized List<Taken> left(Predicate<Taken> which) {
    return leaving.stream().filter(which).toList();
  }

  /**
   * Asks those that are idle or shared for a sign of life, and ends those that give none. One
   * thread at a time.
   */
  void probe() {
    List<Node> asked = new ArrayList<>();
    synchronized (this) {
      idle.values().forEach(asked::addAll);
      jumps.values().forEach(asked::addAll);
    }
    List<Node> silent = asked.stream().filter(Node::isSilent).toList();
    end(silent::contains);
  }

  private void end(Predicate<Node> which) {
    List<Node> ended = new ArrayList<>();
    synchronized (this) {
      remove(idle, which, ended);
      remove(jumps, which, ended);
    }
    ended.forEach(Node::end);
  }

  private void remove(
      Map<List<Hop>, ? extends Iterable<Node>> from, Predicate<Node> which, List<Node> into) {
    for (Iterator<? extends Iterable<Node>> all = from.values().iterator(); all.hasNext(); ) {
      Iterator<Node> nodes = all.next().iterator();
      boolean isEmpty = true;
      while (nodes.hasNext()) {
        Node node = nodes.next();
        // Who uses one that is in doubt finds out what becomes of it.
        boolean isUseless = node.users == 0 && !node.connection.isAlive();
        if (isUseless || which.test(node)) {
          nodes.remove();
          into.add(node);
        } else {
          isEmpty = false;
        }
      }
      if (isEmpty) {
        all.remove();
      }
    }
  }

  /** Ends all that nobody has taken, and keeps none from now on. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    left(any -> true).forEach(Taken::close);
    end(node -> node.users == 0);
  }
}
