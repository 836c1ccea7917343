package dev.slipway.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A host that somebody has registered by name.
 *
 * @param name 1 to 100 letters, digits and {@code . _ + = , @ -}; never begins with {@code i-}
 * @param iamUserArn who it is, or null
 * @param iamSessionArn who it is, or null
 * @param registeredAt when it was registered
 * @param deregisteredAt when it was deregistered, or null while it is registered
 * @param tags what groups look at; empty once it is deregistered
 */
public record OnPremisesInstance(
    String name,
    @Nullable String iamUserArn,
    @Nullable String iamSessionArn,
    Instant registeredAt,
    @Nullable Instant deregisteredAt,
    Map<String, String> tags) {

  /** Copies the map in. */
  public OnPremisesInstance {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** Returns whether it is registered. */
  public boolean registered() {
    return deregisteredAt == null;
  }
}
