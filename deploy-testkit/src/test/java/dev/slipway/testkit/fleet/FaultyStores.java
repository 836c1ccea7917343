package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Store;
import dev.slipway.testkit.ForwardingStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stores that break a promise each. */
final class FaultyStores {

  private FaultyStores() {}

  /** Lets every owner commit, the latest as well as those before. */
  static final class WithoutFence extends ForwardingStore {
    private final Map<DeploymentId, Long> epochs = new HashMap<>();

    WithoutFence(Store store) {
      super(store);
    }

    @Override
    public Ownership acquire(DeploymentId id) {
      Ownership ownership = super.acquire(id);
      epochs.put(id, ownership.epoch());
      return ownership;
    }

    @Override
    public Ownership commit(Ownership ownership, Commit commit) {
      DeploymentId id = ownership.id();
      if (isOver(id)) {
        return super.commit(ownership, commit);
      }
      long version = journal(id, 0, Integer.MAX_VALUE).size();
      List<JournalEntry> entries = new ArrayList<>();
      for (JournalEntry entry : commit.entries()) {
        entries.add(
            new JournalEntry(
                version + entries.size() + 1,
                entry.at(),
                entry.type(),
                entry.schemaVersion(),
                entry.json()));
      }
      return super.commit(
          new Ownership(id, epochs.getOrDefault(id, 0L), version),
          new Commit(entries, commit.consumed(), commit.settled(), commit.end()));
    }
  }

  /** Says that it has committed, and does so when it is called next. */
  static final class CommitsLater extends ForwardingStore {
    private @Nullable Runnable later;

    CommitsLater(Store store) {
      super(store);
    }

    private void now() {
      Runnable commit = later;
      later = null;
      if (commit != null) {
        commit.run();
      }
    }

    @Override
    public Ownership acquire(DeploymentId id) {
      now();
      return super.acquire(id);
    }

    @Override
    public List<InboxItem> inbox(DeploymentId id, int limit) {
      now();
      return super.inbox(id, limit);
    }

    @Override
    public Ownership commit(Ownership ownership, Commit commit) {
      now();
      if (commit.end() != null) {
        return super.commit(ownership, commit);
      }
      later =
          () -> {
            try {
              super.commit(ownership, commit);
            } catch (StoreException e) {
              if (e.reason() != Reason.FENCED) {
                throw e;
              }
            }
          };
      return new Ownership(
          ownership.id(), ownership.epoch(), ownership.version() + commit.entries().size());
    }
  }

  /** Takes for consumed whatever has come in by the time of the commit. */
  static final class ForgetsRequests extends ForwardingStore {
    ForgetsRequests(Store store) {
      super(store);
    }

    @Override
    public Ownership commit(Ownership ownership, Commit commit) {
      List<String> all =
          inbox(ownership.id(), Integer.MAX_VALUE).stream().map(InboxItem::key).toList();
      return super.commit(
          ownership, new Commit(commit.entries(), all, commit.settled(), commit.end()));
    }
  }

  /** Never names what is not over, so that what was forgotten once is forgotten for ever. */
  static final class NamesNothing extends ForwardingStore {
    NamesNothing(Store store) {
      super(store);
    }

    @Override
    public List<DeploymentId> unfinished() {
      return List.of();
    }
  }

  /** Keeps a floor that is one host lower than the one that was asked for. */
  static final class FloorOneLower extends ForwardingStore {
    private static final Pattern FLOOR =
        Pattern.compile("(\"minimumHealthyHosts\":\\{\"type\":\"HOST_COUNT\",\"value\":)(\\d+)");

    FloorOneLower(Store store) {
      super(store);
    }

    @Override
    public RolloutHeader create(RolloutHeader header) {
      String lower = FLOOR.matcher(header.specification()).replaceAll(FloorOneLower::lower);
      return super.create(
          new RolloutHeader(
              header.id(),
              header.application(),
              header.deploymentGroup(),
              header.clientToken(),
              header.rollbackOf(),
              header.createdAt(),
              lower));
    }

    private static String lower(MatchResult floor) {
      return floor.group(1) + Math.max(Integer.parseInt(floor.group(2)) - 1, 0);
    }
  }
}
