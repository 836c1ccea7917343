package dev.slipway.engine.driver;

import dev.slipway.engine.journal.Json;
import java.util.Objects;

/**
 * Records of rollouts as the text that a store keeps, and back. What records of earlier releases
 * look like is read too.
 */
public final class RecordCodec {

  /** What the text of a record begins with that names its hosts one by one. */
  private static final String HOST_BY_HOST = "{\"definition\":";

  private RecordCodec() {}

  /**
   * A record in two parts.
   *
   * @param fleet its hosts
   * @param record the rest of it, without a host
   */
  private record Kept(FleetColumns fleet, RolloutRecord record) {
    Kept {
      Objects.requireNonNull(fleet, "fleet");
      Objects.requireNonNull(record, "record");
    }
  }

  /** Returns the record as text. */
  public static String encode(RolloutRecord record) {
    return Json.write(new Kept(FleetColumns.of(record), FleetColumns.takenOutOf(record)));
  }

  /**
   * Returns the record of a text.
   *
   * @throws dev.slipway.failure.StoreException with reason CORRUPT if it is not one
   */
  public static RolloutRecord decode(String text) {
    if (text.startsWith(HOST_BY_HOST)) {
      return Json.read(text, RolloutRecord.class);
    }
    Kept kept = Json.read(text, Kept.class);
    return kept.fleet.putInto(kept.record);
  }
}
