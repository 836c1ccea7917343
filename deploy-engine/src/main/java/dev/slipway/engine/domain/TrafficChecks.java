package dev.slipway.engine.domain;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.domain.BlueGreenOptions;
import dev.slipway.domain.DeploymentMode;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.TagSelection;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.TrafficChoice;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the style of a deployment group makes of a request for a deployment, as far as traffic is
 * concerned.
 */
final class TrafficChecks {

  private final DomainParts parts;
  private final GroupMembers members;

  TrafficChecks(DomainParts parts, GroupMembers members) {
    this.parts = parts;
    this.members = members;
  }

  /** Checks the hosts that are named against the style. */
  void checkTargets(DeploymentRequest request, StoredGroup group) {
    DeploymentStyle.Type type = new FullSettings(group.settings()).style().type();
    TagSelection targets = request.targetInstances();
    if (type == DeploymentStyle.Type.IN_PLACE) {
      if (targets != null) {
        throw invalidTargets(
            "target instances are for blue/green deployments, but the group is deployed to in"
                + " place");
      }
      return;
    }
    if (targets == null || targets.selectsNobody()) {
      throw invalidTargets(
          "a blue/green deployment needs target instances: say which hosts replace those of the"
              + " group");
    }
    TagRules.checkSelection(
        targets,
        parts.quotas(),
        DomainError.INVALID_EC2_TAG,
        DomainError.INVALID_EC2_TAG_COMBINATION);
    checkOthers(targets, group);
  }

  private void checkOthers(TagSelection targets, StoredGroup group) {
    Set<HostId> originals =
        members.of(group).stream().map(Host::id).collect(Collectors.toUnmodifiableSet());
    members.selected(targets.selector()).stream()
        .map(Host::id)
        .filter(originals::contains)
        .findFirst()
        .ifPresent(
            host -> {
              throw invalidTargets(
                  "host " + host + " belongs to the group, so it cannot replace one of its hosts");
            });
  }

  private static DomainException invalidTargets(String message) {
    return new DomainException(DomainError.INVALID_TARGET_INSTANCES, message);
  }

  /** Checks what else does not go with the style; returns who looks after traffic. */
  TrafficChoice choice(DeploymentRequest request, StoredGroup group, DeploymentConfig config) {
    FullSettings settings = new FullSettings(group.settings());
    DeploymentStyle style = settings.style();
    if (style.option() == DeploymentStyle.Option.WITHOUT_TRAFFIC_CONTROL) {
      return TrafficChoice.NONE;
    }
    TrafficReference control = control(settings.loadBalancers());
    if (style.type() == DeploymentStyle.Type.IN_PLACE) {
      return TrafficChoice.of(control);
    }
    BlueGreenOptions options = settings.blueGreen();
    if (options == null) {
      throw invalidOptions("a BLUE_GREEN style needs blue/green options");
    }
    checkBlueGreen(request, config);
    return new TrafficChoice(
        control,
        new BlueGreen(
            GroupInventory.of(group.rollouts()),
            options.readyAction() == BlueGreenOptions.ReadyAction.STOP_DEPLOYMENT
                ? Duration.ofMinutes(options.readyWaitMinutes())
                : null,
            termination(options)));
  }

  private static void checkBlueGreen(DeploymentRequest request, DeploymentConfig config) {
    if (request.mode() == DeploymentMode.RESTART || request.updateOutdatedInstancesOnly()) {
      throw new DomainException(
          DomainError.INVALID_INPUT,
          "RESTART and updateOutdatedInstancesOnly are for deployments in place, but the group is"
              + " deployed to blue/green");
    }
    if (config.zonalConfig() != null) {
      throw new DomainException(
          DomainError.INVALID_INPUT,
          "deployment config '"
              + config.name()
              + "' goes zone by zone, which blue/green deployments do not: choose another one");
    }
  }

  private TrafficReference control(LoadBalancerInfo info) {
    List<TrafficReference> controls =
        Stream.concat(
                info.elbs().stream().map(TrafficReference::classicLoadBalancer),
                info.targetGroups().stream().map(TrafficReference::targetGroup))
            .toList();
    controls.forEach(this::checkControl);
    return TrafficReference.allOf(controls);
  }

  private void checkControl(TrafficReference control) {
    String why = "give Slipway.builder().trafficControl(…) a " + control.inWords();
    try {
      if (parts.traffic().find(control).isPresent()) {
        return;
      }
    } catch (RequestException e) {
      why = String.valueOf(e.getMessage());
    }
    throw new DomainException(
        DomainError.INVALID_LOAD_BALANCER_INFO,
        "nobody here reaches %s '%s': %s".formatted(control.name(), control.parameters(), why));
  }

  private BlueGreen.@Nullable Termination termination(BlueGreenOptions options) {
    if (options.blueFleet() == BlueGreenOptions.BlueFleet.KEEP_ALIVE) {
      return null;
    }
    TerminatorReference terminator = TerminatorReference.OF_DEPLOYMENT_GROUPS;
    if (parts.terminators().find(terminator).isEmpty()) {
      throw invalidOptions(
          "nobody here ends hosts: set KEEP_ALIVE, or give Slipway.builder().hostTerminator(…) a "
              + terminator.inWords());
    }
    return new BlueGreen.Termination(
        terminator, Duration.ofMinutes(options.terminationWaitMinutes()));
  }

  private static DomainException invalidOptions(String message) {
    return new DomainException(DomainError.INVALID_BLUE_GREEN_DEPLOYMENT_CONFIGURATION, message);
  }
}
