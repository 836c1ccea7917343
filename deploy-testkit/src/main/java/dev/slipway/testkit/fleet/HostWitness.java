package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees what really happens on hosts, and believes nobody: not the engine, not what a host says of
 * itself. Not thread-safe.
 */
final class HostWitness {

  private final Violations violations;
  private final Map<DeploymentId, Course> courses = new HashMap<>();
  private final Map<String, Health> groups = new HashMap<>();
  private final Set<CommandKey> started = new HashSet<>();
  private final Set<CommandKey> barred = new HashSet<>();
  private final Map<String, CommandKey> running = new HashMap<>();
  private final Map<String, Long> generations = new HashMap<>();

  HostWitness(Violations violations) {
    this.violations = violations;
  }

  /** What a deployment does, as far as it has come. */
  private static final class Course {
    private final String group;
    private final boolean isBlueGreen;
    private final Map<HostId, List<LifecycleEvent>> all = new HashMap<>();
    private final Map<HostId, List<LifecycleEvent>> own = new HashMap<>();
    private final Map<HostId, Integer> done = new HashMap<>();

    Course(String group, RolloutDefinition definition) {
      this.group = group;
      this.isBlueGreen = definition.isBlueGreen();
      for (int position = 0; position < definition.hosts().size(); position++) {
        HostId host = definition.hosts().get(position).id();
        List<LifecycleEvent> events = definition.eventsOf(position);
        all.put(host, events);
        own.put(host, events.stream().filter(event -> !event.isControlSide()).toList());
      }
    }

    /** What a host runs itself. */
    List<LifecycleEvent> events(HostId host) {
      return own.getOrDefault(host, List.of());
    }

    int done(HostId host) {
      return done.getOrDefault(host, 0);
    }
  }

  /** The hosts of a group that do not serve just now, because of us. */
  private static final class Health {
    private final Set<HostId> off = new HashSet<>();
    private int budget;
  }

  /** Says how many hosts of a group may be off at once. */
  void promise(String group, int budget) {
    Health health = groups.computeIfAbsent(group, g -> new Health());
    health.budget = Math.max(health.budget, budget);
  }

  /** Says what a deployment runs. */
  void expect(DeploymentId deployment, String group, RolloutDefinition definition) {
    courses.putIfAbsent(deployment, new Course(group, definition));
  }

  /** A process of a host has started. */
  void started(HostCommand command) {
    CommandKey key = command.key();
    HostId host = key.host();
    Course course = courses.get(key.deployment());
    if (course == null) {
      throw violations.violation(key + " has started, but nobody has asked for that deployment");
    }
    String place = host + " " + course.group;
    if (!started.add(key)) {
      throw violations.violation(key + " has started a second time");
    }
    if (barred.contains(key)) {
      throw violations.violation(key + " has started after the host was told not to start it");
    }
    CommandKey other = running.put(place, key);
    if (other != null) {
      throw violations.violation(key + " has started while " + other + " runs");
    }
    long highest = generations.merge(place, command.generation(), Math::max);
    if (command.generation() < highest) {
      throw violations.violation(
          "%s of generation %d has started after generation %d"
              .formatted(key, command.generation(), highest));
    }
    int done = course.done(host);
    if (course.events(host).indexOf(key.event()) != done) {
      throw violations.violation(
          "%s has started after %d of %s have succeeded".formatted(key, done, course.events(host)));
    }
    if (course.isBlueGreen) {
      return; // What is off has no traffic yet; who has traffic is seen where that is switched.
    }
    Health health = groups.computeIfAbsent(course.group, g -> new Health());
    if (health.off.add(host) && health.off.size() > health.budget) {
      throw violations.violation(
          "with %s %d hosts of %s are off, and %d may be: %s"
              .formatted(host, health.off.size(), course.group, health.budget, health.off));
    }
  }

  /** A process of a host has ended. */
  void ended(CommandKey key, boolean success) {
    Course course = course(key.deployment());
    running.remove(key.host() + " " + course.group);
    if (success) {
      int done = course.done.merge(key.host(), 1, Integer::sum);
      if (done == course.events(key.host()).size()) {
        groups.computeIfAbsent(course.group, g -> new Health()).off.remove(key.host());
      }
    }
  }

  /** A process of a host has died with the host. */
  void died(CommandKey key) {
    running.remove(key.host() + " " + course(key.deployment()).group);
  }

  /** A host was told never to start a key that it has not started. */
  void barred(CommandKey key) {
    barred.add(key);
  }

  /** Whether every event of a deployment has succeeded on a host. */
  boolean isDone(DeploymentId deployment, HostId host) {
    Course course = course(deployment);
    return course.done(host) == course.events(host).size();
  }

  /** Whether a host has run all that comes before an event of the traffic control. */
  boolean isReadyFor(CommandKey key) {
    Course course = course(key.deployment());
    List<LifecycleEvent> all = course.all.getOrDefault(key.host(), List.of());
    long before =
        all.stream()
            .takeWhile(event -> event != key.event())
            .filter(event -> !event.isControlSide())
            .count();
    return course.done(key.host()) >= before;
  }

  /** How many hosts of a group may be off at once. */
  int budget(String group) {
    return groups.computeIfAbsent(group, g -> new Health()).budget;
  }

  /** How many events have started so far. */
  int starts() {
    return started.size();
  }

  /** Nothing may run any more. */
  void checkQuiet() {
    if (!running.isEmpty()) {
      throw violations.violation("everything is over, but these run: " + running);
    }
  }

  private Course course(DeploymentId deployment) {
    Course course = courses.get(deployment);
    if (course == null) {
      throw new IllegalStateException("deployment " + deployment + " was not expected");
    }
    return course;
  }
}
