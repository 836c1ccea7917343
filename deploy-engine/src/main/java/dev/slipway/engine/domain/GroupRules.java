package dev.slipway.engine.domain;

import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.AlarmConfiguration;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.BlueGreenOptions;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.KeptConfig;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.OutdatedInstancesStrategy;
import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.TagSelection;
import dev.slipway.domain.TriggerConfiguration;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What makes the settings of a deployment group complete and sound. */
final class GroupRules {

  private static final int LONGEST_ALARM = 255;
  private static final int LONGEST_TRIGGER = 100;

  /** What CodeDeploy takes for what is not given. */
  static final GroupSettings DEFAULT =
      GroupSettings.builder()
          .serviceRole("")
          .deploymentConfig(DeploymentConfigs.ONE_AT_A_TIME.name())
          .hosts(TagSelection.NONE)
          .onPremises(TagSelection.NONE)
          .autoScalingGroups(List.of())
          .alarms(AlarmConfiguration.NONE)
          .autoRollback(AutoRollbackConfiguration.NONE)
          .triggers(List.of())
          .style(DeploymentStyle.DEFAULT)
          .loadBalancers(LoadBalancerInfo.NONE)
          .outdatedInstances(OutdatedInstancesStrategy.UPDATE)
          .terminationHook(false)
          .onConflict(OnConflict.REJECT)
          .tags(Map.of())
          .build();

  private final Quotas quotas;
  private final Predicate<String> triggerTargets;

  GroupRules(Quotas quotas, Predicate<String> triggerTargets) {
    this.quotas = quotas;
    this.triggerTargets = triggerTargets;
  }

  /** Returns what is given, and what was before where nothing is given. */
  static GroupSettings merged(GroupSettings before, GroupSettings given) {
    return new GroupSettings(
        given(given.serviceRole(), before.serviceRole()),
        given(given.deploymentConfig(), before.deploymentConfig()),
        given(given.hosts(), before.hosts()),
        given(given.onPremises(), before.onPremises()),
        given(given.autoScalingGroups(), before.autoScalingGroups()),
        given(given.alarms(), before.alarms()),
        given(given.autoRollback(), before.autoRollback()),
        given(given.triggers(), before.triggers()),
        given(given.style(), before.style()),
        given(given.loadBalancers(), before.loadBalancers()),
        given(given.blueGreen(), before.blueGreen()),
        given(given.outdatedInstances(), before.outdatedInstances()),
        given(given.terminationHook(), before.terminationHook()),
        given(given.onConflict(), before.onConflict()),
        given(given.tags(), before.tags()));
  }

  private static <T> @Nullable T given(@Nullable T given, @Nullable T before) {
    return given == null ? before : given;
  }

  /** Checks all settings, as they would be kept. */
  void check(Records records, GroupSettings settings) {
    FullSettings full = new FullSettings(settings);
    Names.checkConfig(full.deploymentConfig());
    KeptConfig unused = StoredConfigs.find(records, full.deploymentConfig());
    TagRules.checkSelection(
        full.hosts(), quotas, DomainError.INVALID_EC2_TAG, DomainError.INVALID_EC2_TAG_COMBINATION);
    TagRules.checkSelection(
        full.onPremises(),
        quotas,
        DomainError.INVALID_TAG,
        DomainError.INVALID_ON_PREMISES_TAG_COMBINATION);
    if (!full.autoScalingGroups().isEmpty()) {
      throw new DomainException(
          DomainError.INVALID_AUTO_SCALING_GROUP,
          "there is no Auto Scaling group '"
              + full.autoScalingGroups().get(0)
              + "': this deployer knows no provider of such groups");
    }
    checkAlarms(full.alarms());
    checkRollback(full.autoRollback());
    checkTriggers(full.triggers());
    checkLoadBalancers(full.loadBalancers());
    checkStyle(full.style(), full.loadBalancers(), settings.blueGreen());
    full.tags()
        .forEach((key, value) -> TagRules.checkTag(key, value, DomainError.INVALID_TAGS_TO_ADD));
  }

  void checkAlarms(AlarmConfiguration alarms) {
    if (quotas.exceeded(Quota.ALARMS, alarms.alarms().size())) {
      throw new DomainException(
          DomainError.ALARMS_LIMIT_EXCEEDED,
          "there may be at most "
              + quotas.limit(Quota.ALARMS)
              + " alarms, but there were "
              + alarms.alarms().size());
    }
    if (alarms.enabled() && alarms.alarms().isEmpty()) {
      throw invalidAlarms("alarms are enabled, but none is named");
    }
    Set<String> names = new HashSet<>();
    for (String name : alarms.alarms()) {
      if (name.isBlank() || name.length() > LONGEST_ALARM) {
        throw invalidAlarms(
            "the name of an alarm has 1 to "
                + LONGEST_ALARM
                + " characters, but was '"
                + name
                + "'");
      }
      if (!names.add(name)) {
        throw invalidAlarms("alarm '" + name + "' is named twice");
      }
    }
  }

  private static DomainException invalidAlarms(String message) {
    return new DomainException(DomainError.INVALID_ALARM_CONFIG, message);
  }

  void checkRollback(AutoRollbackConfiguration rollback) {
    if (rollback.enabled() && rollback.events().isEmpty()) {
      throw new DomainException(
          DomainError.INVALID_AUTO_ROLLBACK_CONFIG,
          "automatic rollback is enabled, but no event is given: name one of "
              + List.of(AutoRollbackEvent.values()));
    }
  }

  private void checkTriggers(List<TriggerConfiguration> triggers) {
    if (quotas.exceeded(Quota.TRIGGERS, triggers.size())) {
      throw new DomainException(
          DomainError.TRIGGER_TARGETS_LIMIT_EXCEEDED,
          "a deployment group has at most "
              + quotas.limit(Quota.TRIGGERS)
              + " triggers, but was given "
              + triggers.size());
    }
    Set<String> names = new HashSet<>();
    for (TriggerConfiguration trigger : triggers) {
      if (trigger.name().isBlank() || trigger.name().length() > LONGEST_TRIGGER) {
        throw invalidTrigger(
            "the name of a trigger has 1 to "
                + LONGEST_TRIGGER
                + " characters, but was '"
                + trigger.name()
                + "'");
      }
      if (!names.add(trigger.name())) {
        throw invalidTrigger("trigger '" + trigger.name() + "' is given twice");
      }
      if (trigger.events().isEmpty()) {
        throw invalidTrigger("trigger '" + trigger.name() + "' needs at least one event");
      }
    }
  }

  /**
   * Checks that somebody takes messages to the targets of triggers that are new. The others were
   * checked when they were, perhaps by a process that knows more sinks.
   */
  void checkTargets(@Nullable List<TriggerConfiguration> given) {
    for (TriggerConfiguration trigger :
        Objects.requireNonNullElse(given, List.<TriggerConfiguration>of())) {
      if (!triggerTargets.test(trigger.target())) {
        throw invalidTrigger(
            "no trigger sink takes messages for the target of trigger '"
                + trigger.name()
                + "': give the deployer one that does");
      }
    }
  }

  private static DomainException invalidTrigger(String message) {
    return new DomainException(DomainError.INVALID_TRIGGER_CONFIG, message);
  }

  private void checkLoadBalancers(LoadBalancerInfo info) {
    if (quotas.exceeded(Quota.LOAD_BALANCERS, info.elbs().size())
        || quotas.exceeded(Quota.TARGET_GROUPS, info.targetGroups().size())) {
      throw invalidLoadBalancers(
          "a deployment group has at most "
              + quotas.limit(Quota.LOAD_BALANCERS)
              + " classic load balancers and "
              + quotas.limit(Quota.TARGET_GROUPS)
              + " target groups");
    }
    if (Stream.concat(info.elbs().stream(), info.targetGroups().stream())
        .anyMatch(String::isBlank)) {
      throw invalidLoadBalancers("a load balancer needs a name");
    }
  }

  private static DomainException invalidLoadBalancers(String message) {
    return new DomainException(DomainError.INVALID_LOAD_BALANCER_INFO, message);
  }

  private static void checkStyle(
      DeploymentStyle style, LoadBalancerInfo info, @Nullable BlueGreenOptions options) {
    boolean traffic = style.option() == DeploymentStyle.Option.WITH_TRAFFIC_CONTROL;
    if (style.type() == DeploymentStyle.Type.BLUE_GREEN && !traffic) {
      throw new DomainException(
          DomainError.INVALID_DEPLOYMENT_STYLE,
          "a BLUE_GREEN style goes with WITH_TRAFFIC_CONTROL only");
    }
    if (traffic && info.namesNone()) {
      throw invalidLoadBalancers("traffic control needs a load balancer or target group");
    }
    if (options != null) {
      checkBlueGreen(options);
    } else if (style.type() == DeploymentStyle.Type.BLUE_GREEN) {
      throw invalidBlueGreen("a BLUE_GREEN style needs blue/green options");
    }
  }

  private static void checkBlueGreen(BlueGreenOptions options) {
    checkWait("readyWaitMinutes", options.readyWaitMinutes());
    checkWait("terminationWaitMinutes", options.terminationWaitMinutes());
    if (options.greenFleet() == BlueGreenOptions.GreenFleet.COPY_AUTO_SCALING_GROUP) {
      throw invalidBlueGreen(
          "COPY_AUTO_SCALING_GROUP needs exactly one Auto Scaling group, but the deployment group"
              + " has none");
    }
  }

  private static void checkWait(String what, int minutes) {
    if (minutes < 0 || minutes > BlueGreenOptions.LONGEST_WAIT_MINUTES) {
      throw invalidBlueGreen(
          what + " must be 0 to " + BlueGreenOptions.LONGEST_WAIT_MINUTES + ", but was " + minutes);
    }
  }

  private static DomainException invalidBlueGreen(String message) {
    return new DomainException(DomainError.INVALID_BLUE_GREEN_DEPLOYMENT_CONFIGURATION, message);
  }
}
