package dev.slipway.examples.cli;

import dev.slipway.Deployer;
import dev.slipway.examples.cli.file.RolloutFile;
import dev.slipway.examples.cli.file.TrainFile;
import dev.slipway.fleet.HostSelector;
import dev.slipway.rollout.HostChoice;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.train.Train;
import dev.slipway.train.TrainBuilder;
import java.util.ArrayList;
import java.util.List;

/** A train file, ready to be planned and perhaps started. */
final class TrainPlans {

  private final TrainFile file;
  private final TrainInventory inventory = new TrainInventory();
  private final List<List<RolloutSpec>> stages = new ArrayList<>();

  TrainPlans(TrainFile file) {
    this.file = file;
    for (List<RolloutFile> stage : file.stages()) {
      stages.add(stage.stream().map(this::spec).toList());
    }
  }

  private RolloutSpec spec(RolloutFile rollout) {
    RolloutSpec spec = rollout.spec();
    HostSelector selector = inventory.add(rollout);
    return new RolloutSpec(
        spec.application(),
        spec.deploymentGroup(),
        spec.revision(),
        new HostChoice(selector, spec.hosts().order()),
        spec.pace(),
        spec.options(),
        spec.guards(),
        spec.traffic());
  }

  TrainFile file() {
    return file;
  }

  TrainInventory inventory() {
    return inventory;
  }

  /** Returns what would be done, stage by stage. */
  List<List<Plan>> plan(Deployer deployer) {
    return stages.stream()
        .map(
            stage ->
                stage.stream()
                    .map(spec -> Deployment.plan(deployer, spec, spec.options()))
                    .toList())
        .toList();
  }

  /** Starts what was planned. */
  Train start(Deployer deployer, List<List<Plan>> plans) {
    TrainBuilder train = deployer.train(file.name());
    plans.forEach(stage -> train.stage(stage.toArray(Plan[]::new)));
    if (!file.rollsBack()) {
      train.withoutRollback();
    }
    return train.start();
  }
}
