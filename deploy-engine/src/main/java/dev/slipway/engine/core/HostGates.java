package dev.slipway.engine.core;

import dev.slipway.deployment.HostStatus;
import dev.slipway.event.CheckAnswered;
import dev.slipway.event.CheckAsked;
import dev.slipway.event.CheckKind;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.GateReference;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must pass on a host after its last lifecycle event: one gate after the other. */
final class HostGates {

  private final Deliberation deliberation;
  private final HostRules hosts;

  HostGates(Deliberation deliberation, HostRules hosts) {
    this.deliberation = deliberation;
    this.hosts = hosts;
  }

  /** Ends a host that has run its last lifecycle event, or asks its first gate. */
  void begin(HostId id) {
    HostState host = host(id);
    if (gates().isEmpty()) {
      hosts.succeed(id);
    } else if (deliberation.state().ending().eventsBarred()) {
      Check check = host.check();
      String gate = check == null ? gates().get(0).label() : check.name();
      hosts.fail(host, HostStatus.FAILED, "the deployment was ended before gate '" + gate + "'");
    } else if (host.check() == null) {
      ask(id, gates().get(0), null);
    }
  }

  /** Sees what has fallen due for a host. */
  void expire(HostState host, Check check) {
    boolean again = check.askAgainAt() != null && !check.askAgainAt().isAfter(deliberation.at());
    if (again) {
      ask(host.host().id(), gate(check.name()), check.isMissing() ? null : check.deadline());
    } else {
      hosts.fail(
          host,
          HostStatus.FAILED,
          "gate '%s' has not passed by %s%s"
              .formatted(check.name(), check.deadline(), GuardRules.lastWords(check)));
    }
  }

  /** Asks what has not been answered once more, with time for the answer. */
  void askAnew(HostState host) {
    Check check = host.check();
    if (check != null) {
      ask(host.host().id(), gate(check.name()), GuardRules.anew(check, deliberation.at()));
    }
  }

  /** Takes an answer in. */
  void answered(HostState host, Input.Answered answer) {
    Check check = host.check();
    if (check == null || !check.name().equals(answer.name()) || !answer.answers(check)) {
      return;
    }
    Instant again =
        switch (answer.verdict()) {
          case PASSED, REFUSED -> null;
          case MISSING -> deliberation.at().plus(GuardRules.WHILE_MISSING);
          case NOT_YET, UNREADABLE -> deliberation.at().plus(answer.again());
        };
    HostId id = host.host().id();
    deliberation.note(
        new CheckAnswered(
            CheckKind.HOST_GATE, answer.name(), id, answer.verdict(), answer.message(), again));
    switch (answer.verdict()) {
      case PASSED -> next(id, answer.name());
      case REFUSED ->
          hosts.fail(
              host(id),
              HostStatus.FAILED,
              "gate '%s' refused%s"
                  .formatted(
                      answer.name(), answer.message().isEmpty() ? "" : ": " + answer.message()));
      case MISSING, NOT_YET, UNREADABLE -> {}
    }
  }

  private void next(HostId host, String passed) {
    int index = gates().indexOf(gate(passed)) + 1;
    if (index == gates().size()) {
      hosts.succeed(host);
    } else {
      ask(host, gates().get(index), null);
    }
  }

  private void ask(HostId host, GateReference gate, @Nullable Instant deadline) {
    int round = deliberation.nextRound();
    deliberation.note(
        new CheckAsked(
            CheckKind.HOST_GATE,
            gate.label(),
            host,
            round,
            deadline == null ? deliberation.at().plus(gate.within()) : deadline));
    deliberation.order(new Effect.Ask(CheckKind.HOST_GATE, gate.label(), host, round, List.of()));
  }

  private List<GateReference> gates() {
    return deliberation.definition().guards().hostGates();
  }

  private GateReference gate(String label) {
    return gates().stream().filter(gate -> gate.label().equals(label)).findFirst().orElseThrow();
  }

  private HostState host(HostId id) {
    return deliberation.state().host(deliberation.state().positionOf(id).orElseThrow());
  }
}
