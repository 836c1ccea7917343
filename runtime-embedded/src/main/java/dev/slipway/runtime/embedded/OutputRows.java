package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.OutputLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The statements on output. A piece after which nothing of its run is kept ends, as far as its row
 * is concerned, behind all that the run may print.
 */
final class OutputRows {

  /** Making room takes a while, so that more is made than is needed. */
  private static final int PART_THAT_GOES = 8;

  private OutputRows() {}

  /**
   * How much there is of a rollout.
   *
   * @param lastPlace of the latest piece, 0 for none
   * @param bytes that are kept
   */
  record Total(long lastPlace, long bytes) {}

  static Total total(Session session, DeploymentId id) throws SQLException {
    return session
        .first(
            "SELECT last_place, kept_bytes FROM output_total WHERE rollout = ?",
            row -> new Total(row.getLong(1), row.getLong(2)),
            id.value())
        .orElse(new Total(0, 0));
  }

  static void keep(Session session, DeploymentId id, Total total) throws SQLException {
    session.update("DELETE FROM output_total WHERE rollout = ?", id.value());
    session.update(
        "INSERT INTO output_total (rollout, last_place, kept_bytes) VALUES (?, ?, ?)",
        id.value(),
        total.lastPlace(),
        total.bytes());
  }

  /** Keeps of a chunk what is new and within the limits, and returns what there is then. */
  static Total append(
      Session session, DeploymentId id, OutputChunk chunk, OutputLimits limits, Total before)
      throws SQLException {
    long end = end(session, id, chunk);
    if (end == Long.MAX_VALUE) {
      return before;
    }
    Total total = before;
    OutputChunk part = chunk.between(end, limits.bytesOfEvent());
    if (part.size() > 0) {
      total = insert(session, id, part, part.end(), total);
    }
    if (chunk.end() > limits.bytesOfEvent()) {
      total = insert(session, id, part.between(part.end(), part.end()), Long.MAX_VALUE, total);
    }
    return total.bytes() > limits.bytesOfRollout() ? makeRoom(session, id, limits, total) : total;
  }

  private static long end(Session session, DeploymentId id, OutputChunk run) throws SQLException {
    return session
        .first(
            "SELECT COALESCE(MAX(end_byte), 0) FROM output WHERE rollout = ? AND host = ?"
                + " AND event = ? AND attempt = ?",
            row -> row.getLong(1),
            id.value(),
            run.host().value(),
            run.event().name(),
            run.attempt())
        .orElse(0L);
  }

  private static Total insert(
      Session session, DeploymentId id, OutputChunk part, long end, Total total)
      throws SQLException {
    Total next = new Total(total.lastPlace() + 1, total.bytes() + part.size());
    session.update(
        "INSERT INTO output (rollout, place, host, event, attempt, first_byte, end_byte, is_cut,"
            + " printed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id.value(),
        next.lastPlace(),
        part.host().value(),
        part.event().name(),
        part.attempt(),
        part.offset(),
        end,
        end == Long.MAX_VALUE ? 1 : 0,
        part.bytes());
    return next;
  }

  /** Deletes the oldest pieces. */
  private static Total makeRoom(Session session, DeploymentId id, OutputLimits limits, Total total)
      throws SQLException {
    long wanted = limits.bytesOfRollout() - limits.bytesOfRollout() / PART_THAT_GOES;
    Oldest oldest = new Oldest(total.bytes() - wanted);
    session.each(
        "SELECT place, LENGTH(printed) FROM output WHERE rollout = ? ORDER BY place",
        oldest,
        id.value());
    session.update(
        "DELETE FROM output WHERE rollout = ? AND place <= ?", id.value(), oldest.lastPlace);
    return new Total(total.lastPlace(), total.bytes() - oldest.bytes);
  }

  static List<KeptOutput> after(Session session, DeploymentId id, long place, int limit)
      throws SQLException {
    return session.list(
        "SELECT place, host, event, attempt, first_byte, is_cut, printed FROM output"
            + " WHERE rollout = ? AND place > ? ORDER BY place",
        limit,
        OutputRows::piece,
        id.value(),
        place);
  }

  private static KeptOutput piece(ResultSet row) throws SQLException {
    OutputChunk chunk =
        new OutputChunk(
            new HostId(row.getString(2)),
            LifecycleEvent.valueOf(row.getString(3)),
            row.getInt(4),
            row.getLong(5),
            row.getBytes(7));
    return new KeptOutput(row.getLong(1), chunk, row.getInt(6) != 0);
  }

  static List<DeploymentId> rollouts(Session session) throws SQLException {
    return session.list(
        "SELECT rollout FROM output_total", 0, row -> new DeploymentId(row.getString(1)));
  }

  static void delete(Session session, DeploymentId id) throws SQLException {
    session.update("DELETE FROM output WHERE rollout = ?", id.value());
    session.update("DELETE FROM output_total WHERE rollout = ?", id.value());
  }

  /** Takes pieces from the first one on until they hold so many bytes. */
  private static final class Oldest implements Session.Rows {

    private final long wanted;
    private long bytes;
    private long lastPlace;

    Oldest(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean take(ResultSet row) throws SQLException {
      lastPlace = row.getLong(1);
      bytes += row.getLong(2);
      return bytes < wanted;
    }
  }
}
