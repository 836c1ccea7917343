package dev.slipway.examples.quickstart;

import static dev.slipway.deployment.AutoRollbackEvent.DEPLOYMENT_FAILURE;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.engine.Slipway;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.nio.file.Path;
import java.time.Duration;

/** A deployment out of one's own program, as README.md shows it. */
public final class Quickstart {

  private Quickstart() {}

  /** Deploys a bundle to the hosts of an inventory file: {@code Quickstart hosts.yml web.tgz}. */
  public static void main(String[] args) {
    System.out.println(deploy(Path.of(args[0]), Path.of(args[1]), Path.of("deployments")).status());
  }

  static RolloutResult deploy(Path inventory, Path bundle, Path state) {
    try (Deployer deployer =
        Slipway.builder()
            .state(state)
            .inventory(OnPremInventory.at(inventory))
            .transport(SshTransport.with(SshOptions.DEFAULTS))
            .build()) {

      Plan plan =
          deployer
              .rollout("web", "prod")
              .revision(Revision.localArchive(bundle))
              .to(hosts -> hosts.tag("role", "web"))
              .config(DeploymentConfigs.HALF_AT_A_TIME)
              .autoRollback(DEPLOYMENT_FAILURE)
              .plan(); // reads only: who, in which order, how many may fail
      System.out.println(plan.hosts() + ", " + plan.failureBudget() + " may fail");

      Rollout rollout = plan.start();
      rollout.onEvent(System.out::println);
      RolloutResult result = rollout.await(Duration.ofHours(1)).orElseThrow(); // failure is a value
      rollout.rollback().ifPresent(rollback -> rollback.await(Duration.ofHours(1)));
      return result;
    }
  }
}
