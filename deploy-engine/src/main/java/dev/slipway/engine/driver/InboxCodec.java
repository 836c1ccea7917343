package dev.slipway.engine.driver;

import dev.slipway.engine.core.Input;
import dev.slipway.engine.journal.Json;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.InboxItem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Inputs as items of the inbox, and back. */
final class InboxCodec {

  private static final Map<String, Class<? extends Input>> TYPES =
      List.<Class<? extends Input>>of(
              Input.Acknowledged.class,
              Input.Finished.class,
              Input.Unreachable.class,
              Input.Back.class,
              Input.Gone.class,
              Input.TrafficSeen.class,
              Input.SwitchTraffic.class,
              Input.TerminateOriginals.class,
              Input.Terminated.class,
              Input.Stop.class,
              Input.Pause.class,
              Input.Resume.class,
              Input.Answered.class,
              Input.Approve.class,
              Input.Reject.class,
              Input.Pulse.class)
          .stream()
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private InboxCodec() {}

  static InboxItem encode(String key, Input input) {
    return new InboxItem(key, input.at(), input.getClass().getSimpleName(), Json.write(input));
  }

  static Input decode(InboxItem item) {
    Class<? extends Input> type = TYPES.get(item.type());
    if (type == null) {
      throw new StoreException(
          Reason.TOO_NEW, "inbox item " + item.type() + " is of a newer release: use that one");
    }
    return Json.read(item.json(), type);
  }
}
