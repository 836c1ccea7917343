package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.TriggerConfiguration;
import dev.slipway.domain.TriggerEventType;
import dev.slipway.engine.store.FileGroupBooks;
import dev.slipway.engine.store.InMemoryDocuments;
import dev.slipway.engine.store.InMemoryStore;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.trigger.PayloadForm;
import dev.slipway.spi.trigger.TriggerMessage;
import dev.slipway.spi.trigger.TriggerSink;
import dev.slipway.testkit.VirtualTimers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class TriggersTest {

  @TempDir private Path directory;

  private final MemorySink sink = new MemorySink();

  /** Keeps messages, and does whatever it is told with the next ones. */
  private static final class MemorySink implements TriggerSink {

    private final BlockingQueue<TriggerMessage> messages = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public boolean accepts(String target) {
      return target.startsWith("memory:");
    }

    @Override
    public void publish(TriggerMessage message) throws IOException, InterruptedException {
      gate.await();
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("told to fail");
      }
      if (errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new NoClassDefFoundError("com/acme/Queue");
      }
      messages.add(message);
    }

    TriggerMessage next() throws InterruptedException {
      return Objects.requireNonNull(
          messages.poll(30, TimeUnit.SECONDS), "no message has come in time");
    }

    List<TriggerMessage> next(int count) throws InterruptedException {
      List<TriggerMessage> next = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        next.add(next());
      }
      return next;
    }
  }

  private static GroupSettings triggers(Set<TriggerEventType> events) {
    return DomainStage.webHosts()
        .triggers(List.of(new TriggerConfiguration("tell", "memory:", events)))
        .build();
  }

  private DomainStage stage(Set<TriggerEventType> events) throws IOException {
    DomainStage stage = new DomainStage(directory, builder -> builder.triggerSink(sink));
    stage.domain().applications().create("web");
    stage.domain().deploymentGroups().create("web", "prod", triggers(events));
    return stage;
  }

  private static JsonNode json(TriggerMessage message, PayloadForm form) throws IOException {
    return new ObjectMapper().readTree(message.payloads().get(form));
  }

  @Test
  void a_deployment_that_succeeds_is_told_from_start_to_end() throws Exception {
    try (DomainStage stage =
        stage(
            Set.of(
                TriggerEventType.DEPLOYMENT_START,
                TriggerEventType.DEPLOYMENT_SUCCESS,
                TriggerEventType.INSTANCE_START,
                TriggerEventType.INSTANCE_SUCCESS))) {
      DeploymentId id = stage.deployed("1.0");

      List<TriggerMessage> messages = sink.next(8);

      assertThat(messages)
          .extracting(TriggerMessage::type)
          .startsWith(TriggerEventType.DEPLOYMENT_START)
          .endsWith(TriggerEventType.DEPLOYMENT_SUCCESS);
      assertThat(messages)
          .filteredOn(message -> message.type() == TriggerEventType.INSTANCE_START)
          .hasSize(3);
      assertThat(messages)
          .filteredOn(message -> message.type() == TriggerEventType.INSTANCE_SUCCESS)
          .hasSize(3);
      assertThat(messages).extracting(TriggerMessage::deployment).containsOnly(id);
      assertThat(messages).extracting(TriggerMessage::key).doesNotHaveDuplicates();
      JsonNode start = json(messages.get(0), PayloadForm.OBSERVED);
      assertThat(start.get("status").asText()).isEqualTo("CREATED");
      assertThat(start.get("completeTime").isNull()).isTrue();
    }
  }

  @Test
  void a_failure_is_told_in_the_documented_and_in_the_observed_form() throws Exception {
    try (DomainStage stage = stage(Set.of(TriggerEventType.DEPLOYMENT_FAILURE))) {
      stage.failEverywhere();
      DeploymentId id = stage.deployed("1.0");

      TriggerMessage message = sink.next();

      JsonNode documented = json(message, PayloadForm.DOCUMENTED);
      assertThat(documented.fieldNames())
          .toIterable()
          .containsExactly(
              "region",
              "accountId",
              "eventTriggerName",
              "applicationName",
              "deploymentId",
              "deploymentGroupName",
              "createTime",
              "completeTime",
              "deploymentOverview",
              "status",
              "errorInformation");
      assertThat(documented.get("eventTriggerName").asText()).isEqualTo("tell");
      assertThat(documented.get("applicationName").asText()).isEqualTo("web");
      assertThat(documented.get("deploymentGroupName").asText()).isEqualTo("prod");
      assertThat(documented.get("deploymentId").asText()).isEqualTo(id.value());
      assertThat(documented.get("status").asText()).isEqualTo("Failed");
      assertThat(documented.get("deploymentOverview").get("Failed").isTextual()).isTrue();
      assertThat(documented.get("createTime").asText())
          .matches("\\w{3} \\w{3} \\d{2} \\d{2}:\\d{2}:\\d{2} UTC \\d{4}");
      assertThat(documented.get("errorInformation").get("ErrorCode").asText())
          .isEqualTo("HEALTH_CONSTRAINTS");
      JsonNode observed = json(message, PayloadForm.OBSERVED);
      assertThat(observed.get("status").asText()).isEqualTo("FAILED");
      JsonNode overview = new ObjectMapper().readTree(observed.get("deploymentOverview").asText());
      assertThat(overview.get("Failed").isInt()).isTrue();
      JsonNode error = new ObjectMapper().readTree(observed.get("errorInformation").asText());
      assertThat(error.get("ErrorCode").asText()).isEqualTo("HEALTH_CONSTRAINTS");
    }
  }

  @Test
  void a_failed_host_is_told_with_its_lifecycle_events() throws Exception {
    try (DomainStage stage = stage(Set.of(TriggerEventType.INSTANCE_FAILURE))) {
      stage.transport().failAt("web-1", LifecycleEvent.AFTER_INSTALL);
      stage.deployed("1.0");

      JsonNode host = json(sink.next(), PayloadForm.DOCUMENTED);

      assertThat(host.get("instanceId").asText()).isEqualTo("web-1");
      assertThat(host.get("instanceStatus").asText()).isEqualTo("Failed");
      JsonNode last = host.get("lifecycleEvents").get(host.get("lifecycleEvents").size() - 1);
      assertThat(last.get("LifecycleEvent").asText()).isEqualTo("AfterInstall");
      assertThat(last.get("LifecycleEventStatus").asText()).isEqualTo("Failed");
      assertThat(last.get("EndTime").asText()).contains("UTC");
      assertThat(host.get("lifecycleEvents").get(0).get("LifecycleEvent").asText())
          .isEqualTo("ApplicationStop");
    }
  }

  @Test
  void a_stop_and_a_rollback_are_told() throws Exception {
    try (DomainStage stage =
        stage(Set.of(TriggerEventType.DEPLOYMENT_STOP, TriggerEventType.DEPLOYMENT_ROLLBACK))) {
      stage.deployed("1.0");
      stage.transport().hold();
      DeploymentId stopped = stage.deploy("2.0");
      stage.domain().deployments().stop(stopped.value(), true);
      stage.transport().proceed();
      stage.end(stopped);

      List<TriggerMessage> messages = new ArrayList<>(sink.next(2));
      messages.sort(Comparator.comparing(TriggerMessage::type));

      assertThat(messages)
          .extracting(TriggerMessage::type)
          .containsExactly(TriggerEventType.DEPLOYMENT_STOP, TriggerEventType.DEPLOYMENT_ROLLBACK);
      assertThat(messages.get(0).deployment()).isEqualTo(stopped);
      JsonNode rollback = json(messages.get(1), PayloadForm.DOCUMENTED);
      assertThat(rollback.get("rollbackInformation").get("RollbackTriggeringDeploymentId").asText())
          .isEqualTo(stopped.value());
      assertThat(json(messages.get(1), PayloadForm.OBSERVED).get("rollbackInformation").asText())
          .isEqualTo("{\"RollbackTriggeringDeploymentId\":\"" + stopped + "\"}");
    }
  }

  @Test
  void skipped_hosts_are_not_told() throws Exception {
    try (DomainStage stage =
        stage(
            Set.of(
                TriggerEventType.INSTANCE_START,
                TriggerEventType.INSTANCE_FAILURE,
                TriggerEventType.INSTANCE_SUCCESS,
                TriggerEventType.DEPLOYMENT_FAILURE))) {
      stage.transport().failAt("web-1", LifecycleEvent.APPLICATION_STOP);
      stage.transport().failAt("web-2", LifecycleEvent.APPLICATION_STOP);
      stage.transport().failAt("web-3", LifecycleEvent.APPLICATION_STOP);
      stage.deployed("1.0");

      assertThat(sink.next(3))
          .extracting(TriggerMessage::type)
          .containsExactly(
              TriggerEventType.INSTANCE_START,
              TriggerEventType.INSTANCE_FAILURE,
              TriggerEventType.DEPLOYMENT_FAILURE);
    }
  }

  @Test
  void no_rollout_waits_for_a_sink() throws Exception {
    try (DomainStage stage = stage(Set.of(TriggerEventType.DEPLOYMENT_START))) {
      sink.gate = new CountDownLatch(1);

      DeploymentId id = stage.deployed("1.0");

      assertThat(stage.domain().deployments().get(id.value()).status())
          .isEqualTo(DeploymentStatus.SUCCEEDED);
      assertThat(sink.messages).isEmpty();
      sink.gate.countDown();
      assertThat(sink.next().deployment()).isEqualTo(id);
    }
  }

  @Test
  void a_trigger_knows_nothing_of_what_was_before_it() throws Exception {
    try (DomainStage stage = new DomainStage(directory, builder -> builder.triggerSink(sink))) {
      stage.webProd();
      stage.deployed("1.0");
      stage
          .domain()
          .deploymentGroups()
          .update("web", "prod", triggers(Set.of(TriggerEventType.DEPLOYMENT_SUCCESS)));
      DeploymentId later = stage.deployed("2.0");

      assertThat(sink.next().deployment()).isEqualTo(later);
      assertThat(sink.messages).isEmpty();
    }
  }

  @Test
  void what_cannot_be_handed_over_is_repeated_later() throws Exception {
    sink.failures.set(3);

    assertThatItIsToldLater();

    assertThat(sink.failures).hasValue(0);
  }

  @Test
  void what_a_sink_fails_at_with_an_error_is_repeated_later() throws Exception {
    sink.errors.set(3);

    assertThatItIsToldLater();

    assertThat(sink.errors).hasValue(0);
  }

  private void assertThatItIsToldLater() throws Exception {
    VirtualTimers timers = new VirtualTimers();
    try (DomainStage stage =
        new DomainStage(directory, builder -> builder.triggerSink(sink).timers(timers))) {
      stage.domain().applications().create("web");
      stage
          .domain()
          .deploymentGroups()
          .create("web", "prod", triggers(Set.of(TriggerEventType.DEPLOYMENT_SUCCESS)));
      DeploymentId id = stage.deployed("1.0");

      TriggerMessage message = sink.messages.poll(10, TimeUnit.MILLISECONDS);
      while (message == null) {
        timers.advance(Duration.ofSeconds(1));
        message = sink.messages.poll(10, TimeUnit.MILLISECONDS);
      }

      assertThat(message.deployment()).isEqualTo(id);
    }
  }

  @Test
  void what_was_not_handed_over_before_the_end_of_a_process_is_by_the_next_one() throws Exception {
    InMemoryDocuments documents = new InMemoryDocuments();
    FileGroupBooks books = new FileGroupBooks(directory.resolve("groups"));
    InMemoryStore store = new InMemoryStore(books);
    RolloutRuntime shared =
        (timers, local) -> new RolloutRuntime.Parts(store, books, documents, local);
    DeploymentId id;
    sink.failures.set(Integer.MAX_VALUE);
    try (DomainStage first =
        new DomainStage(directory, builder -> builder.triggerSink(sink).runtime(shared))) {
      first.domain().applications().create("web");
      first
          .domain()
          .deploymentGroups()
          .create("web", "prod", triggers(Set.of(TriggerEventType.values())));
      id = first.deployed("1.0");
    }
    sink.failures.set(0);
    int all = 8;

    try (DomainStage second =
        new DomainStage(directory, builder -> builder.triggerSink(sink).runtime(shared))) {
      assertThat(sink.next(all)).extracting(TriggerMessage::deployment).containsOnly(id);
      DeploymentId next = second.deployed("2.0");
      assertThat(sink.next(all)).extracting(TriggerMessage::deployment).containsOnly(next);
    }

    try (DomainStage third =
        new DomainStage(directory, builder -> builder.triggerSink(sink).runtime(shared))) {
      DeploymentId last = third.deployed("1.0");
      assertThat(sink.next(all)).extracting(TriggerMessage::deployment).containsOnly(last);
    }
  }

  @Test
  void a_slow_sink_does_not_keep_others_from_being_told() throws Exception {
    MemorySink stuck = new MemorySink();
    stuck.gate = new CountDownLatch(1);
    TriggerSink other =
        new TriggerSink() {
          @Override
          public boolean accepts(String target) {
            return target.equals("stuck");
          }

          @Override
          public void publish(TriggerMessage message) throws IOException, InterruptedException {
            stuck.publish(message);
          }
        };
    Set<TriggerEventType> start = Set.of(TriggerEventType.DEPLOYMENT_START);
    try (DomainStage stage =
        new DomainStage(directory, builder -> builder.triggerSink(sink).triggerSink(other))) {
      stage.domain().applications().create("web");
      stage
          .domain()
          .deploymentGroups()
          .create(
              "web",
              "prod",
              DomainStage.webHosts()
                  .triggers(
                      List.of(
                          new TriggerConfiguration("a", "stuck", start),
                          new TriggerConfiguration("b", "memory:", start)))
                  .build());

      DeploymentId id = stage.deployed("1.0");

      assertThat(sink.next().deployment()).isEqualTo(id);
      assertThat(stuck.messages).isEmpty();
      stuck.gate.countDown();
      assertThat(stuck.next().deployment()).isEqualTo(id);
    }
  }
}
