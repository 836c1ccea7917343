package dev.slipway.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.remote.CheckRegistry;
import dev.slipway.engine.runtime.DeploymentIds;
import dev.slipway.engine.store.DirectoryRevisionStore;
import dev.slipway.engine.store.FileGroupBooks;
import dev.slipway.fleet.Host;
import dev.slipway.revision.Revision;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.revision.RevisionStore;
import dev.slipway.spi.termination.HostTerminators;
import dev.slipway.spi.traffic.TrafficControls;
import dev.slipway.strategy.StrategyRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanMakerTest {

  @TempDir private Path directory;

  @Test
  void planning_again_asks_for_hosts_and_does_not_read_the_bundle() throws Exception {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    CountedReads reads = new CountedReads(directory.resolve("revisions"));
    List<Host> fleet = new ArrayList<>(List.of(Host.named("web-1")));
    PlanMaker planner =
        new PlanMaker(
            selector -> List.copyOf(fleet),
            reads,
            new FileGroupBooks(directory.resolve("groups")),
            StrategyRegistry.builtIn(),
            CheckRegistry.NONE,
            TrafficControls.NONE,
            HostTerminators.NONE,
            new DeploymentIds(new Random(1)));
    Draft first = planner.draft(spec(bundle), new DeploymentId("d-AAAAAAAAA"));

    Draft same = planner.again(first);
    fleet.add(Host.named("web-2"));
    Draft other = planner.again(first);

    assertThat(reads.identified).isEqualTo(1);
    assertThat(same.digest()).isEqualTo(first.digest());
    assertThat(other.digest()).isNotEqualTo(first.digest());
    assertThat(other.record().hosts()).hasSize(2);
  }

  private static RolloutSpec spec(Path bundle) {
    List<RolloutSpec> specs = new ArrayList<>();
    RolloutBuilder builder =
        new RolloutBuilder(
            "web",
            "prod",
            spec -> {
              specs.add(spec);
              throw new UnsupportedOperationException("only the specification is wanted");
            });
    try {
      builder.revision(Revision.localDirectory(bundle)).to(hosts -> hosts).plan();
    } catch (UnsupportedOperationException e) {
      return specs.get(0);
    }
    throw new AssertionError("the builder makes plans of its own");
  }

  private static final class CountedReads implements RevisionStore {

    private final RevisionStore store;
    private int identified;

    CountedReads(Path directory) {
      this.store = new DirectoryRevisionStore(directory);
    }

    @Override
    public RevisionId identify(Revision revision) {
      identified++;
      return store.identify(revision);
    }

    @Override
    public Bundle put(Revision revision) {
      return store.put(revision);
    }

    @Override
    public Bundle get(RevisionId id) {
      return store.get(id);
    }
  }
}
