package dev.slipway.engine.train;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.driver.RecordCodec;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.journal.Json;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Trains as documents: one with the state, which changes, one for each car, which do not, and one
 * with what was last seen of each car that was started.
 */
final class KeptTrains {

  private static final String TRAIN = "train";
  private static final String CAR = "train-car";
  private static final String NOTE = "train-car-note";

  /** The names of those that are not over, so that looking for them costs nothing. */
  private static final String OPEN = "train-open";

  private static final int AT_ONCE = 1000;

  private final Documents documents;

  KeptTrains(Documents documents) {
    this.documents = documents;
  }

  /**
   * A train.
   *
   * @param createdAt when it was started
   * @param cars how many cars it has
   * @param state where it stands
   */
  record Kept(Instant createdAt, int cars, TrainState state) {}

  /**
   * A car.
   *
   * @param stage from 1
   * @param record what its rollout is made of, as text
   */
  record KeptCar(int stage, String record) {

    RolloutRecord rollout() {
      return RecordCodec.decode(record);
    }
  }

  /**
   * A note, and the version of its document.
   *
   * @param note what was seen
   * @param version of the document
   */
  record KeptNote(CarNote note, long version) {}

  /**
   * Keeps a new train, all of it or nothing.
   *
   * @throws RequestException if there is one of that name
   */
  void create(String name, Instant now, List<KeptCar> cars, boolean rollsBack) {
    List<DocumentChange> changes = new ArrayList<>();
    Kept kept = new Kept(now, cars.size(), TrainState.begun(rollsBack));
    changes.add(new DocumentChange(TRAIN, name, 0, Json.write(kept)));
    changes.add(new DocumentChange(OPEN, name, 0, "{}"));
    for (int number = 0; number < cars.size(); number++) {
      changes.add(new DocumentChange(CAR, key(name, number), 0, Json.write(cars.get(number))));
    }
    try {
      documents.write(changes);
    } catch (StoreException e) {
      if (e.reason() == Reason.CONFLICT) {
        throw exists(name);
      }
      throw e;
    }
  }

  private static String key(String name, int number) {
    return "%s/%05d".formatted(name, number);
  }

  private static RequestException exists(String name) {
    return new RequestException(
        "there is a train " + name + " already: look at it, or take another name");
  }

  /** Refuses the name of a train that there is. */
  void checkFree(String name) {
    if (documents.read(TRAIN, name).isPresent()) {
      throw exists(name);
    }
  }

  Optional<Kept> find(String name) {
    return documents.read(TRAIN, name).map(KeptTrains::kept);
  }

  Kept get(String name) {
    return find(name).orElseThrow(() -> new RequestException("there is no train " + name));
  }

  List<KeptCar> cars(String name) {
    return documents.list(CAR, name + "/", "", AT_ONCE).stream()
        .map(document -> Json.read(document.json(), KeptCar.class))
        .toList();
  }

  /** Returns what was last seen of the cars of a train that were started. */
  Map<DeploymentId, KeptNote> notes(String name) {
    Map<DeploymentId, KeptNote> notes = new HashMap<>();
    for (Document document : documents.list(NOTE, name + "/", "", AT_ONCE)) {
      CarNote note = Json.read(document.json(), CarNote.class);
      notes.put(
          new DeploymentId(document.key().substring(name.length() + 1)),
          new KeptNote(note, document.version()));
    }
    return notes;
  }

  /**
   * Keeps what was seen of cars instead of what was seen before.
   *
   * @return false if somebody else has noted something meanwhile; nothing has changed then
   */
  boolean note(String name, Map<DeploymentId, KeptNote> before, Map<DeploymentId, CarNote> seen) {
    List<DocumentChange> changes = new ArrayList<>();
    seen.forEach(
        (id, note) -> {
          KeptNote old = before.get(id);
          if (old == null || !old.note().equals(note)) {
            long version = old == null ? 0 : old.version();
            changes.add(new DocumentChange(NOTE, name + "/" + id, version, Json.write(note)));
          }
        });
    if (changes.isEmpty()) {
      return true;
    }
    try {
      documents.write(changes);
      return true;
    } catch (StoreException e) {
      if (e.reason() != Reason.CONFLICT) {
        throw e;
      }
      return false;
    }
  }

  /** Returns the names of all trains, the latest first. */
  List<String> names() {
    return all(TRAIN).stream()
        .sorted(Comparator.comparing((Document document) -> kept(document).createdAt()).reversed())
        .map(Document::key)
        .toList();
  }

  /** Returns the names of those that are not over. */
  List<String> open() {
    return all(OPEN).stream().map(Document::key).toList();
  }

  private List<Document> all(String kind) {
    List<Document> all = new ArrayList<>();
    List<Document> part;
    do {
      String after = all.isEmpty() ? "" : all.get(all.size() - 1).key();
      part = documents.list(kind, "", after, AT_ONCE);
      all.addAll(part);
    } while (part.size() == AT_ONCE);
    return all;
  }

  /** Changes the state of a train, whoever else does at the same time. Returns what is kept. */
  TrainState change(String name, UnaryOperator<TrainState> decision) {
    while (true) {
      Document document =
          documents
              .read(TRAIN, name)
              .orElseThrow(() -> new RequestException("there is no train " + name));
      Kept kept = kept(document);
      TrainState next = decision.apply(kept.state());
      if (next.equals(kept.state())) {
        return next;
      }
      List<DocumentChange> changes = new ArrayList<>();
      changes.add(
          new DocumentChange(
              TRAIN,
              name,
              document.version(),
              Json.write(new Kept(kept.createdAt(), kept.cars(), next))));
      if (next.status().isTerminal()) {
        documents
            .read(OPEN, name)
            .ifPresent(open -> changes.add(new DocumentChange(OPEN, name, open.version(), null)));
      }
      try {
        documents.write(changes);
        return next;
      } catch (StoreException e) {
        if (e.reason() != Reason.CONFLICT) {
          throw e;
        }
      }
    }
  }

  private static Kept kept(Document document) {
    return Json.read(document.json(), Kept.class);
  }
}
