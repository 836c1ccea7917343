package dev.slipway.engine.domain;

import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Says where a list goes on. A token is good for the list that it is of. */
final class PageTokens {

  private PageTokens() {}

  static String of(String list, String after) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((list + "\n" + after).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns after what the list goes on; empty at the beginning. */
  static String after(String list, @Nullable String token) {
    if (token == null) {
      return "";
    }
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw foreign(token);
    }
    if (!text.startsWith(list + "\n")) {
      throw foreign(token);
    }
    return text.substring(list.length() + 1);
  }

  private static DomainException foreign(String token) {
    return new DomainException(
        DomainError.INVALID_NEXT_TOKEN,
        "the token '" + token + "' is not of this list: begin it anew without a token");
  }
}
