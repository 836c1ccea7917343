package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.rollout.HostOutput;
import dev.slipway.spi.transport.CommandKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to see what scripts print, by rollout. Thread-safe. */
public final class OutputListeners {

  private static final Logger LOG = LoggerFactory.getLogger(OutputListeners.class);

  private final Map<DeploymentId, List<Consumer<HostOutput>>> listeners = new ConcurrentHashMap<>();

  void add(DeploymentId id, Consumer<HostOutput> listener) {
    listeners.computeIfAbsent(id, unused -> new CopyOnWriteArrayList<>()).add(listener);
  }

  void remove(DeploymentId id) {
    listeners.remove(id);
  }

  void tell(CommandKey key, String lines) {
    for (Consumer<HostOutput> listener : listeners.getOrDefault(key.deployment(), List.of())) {
      try {
        listener.accept(new HostOutput(key.host(), key.event(), lines));
      } catch (RuntimeException e) {
        LOG.warn("deployment={} an output listener threw", key.deployment(), e);
      }
    }
  }
}
