package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.transport.ssh.config.Patterns;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A line of a file of known hosts. It is taken apart without a look into the key, so that a line
 * counts whatever kinds of keys this Java can read.
 *
 * @param marker what begins with {@code @}; empty for the line of a plain key
 * @param hosts the names that it is for, as patterns, or the hash of one
 * @param type the kind of key
 * @param key the key, in Base64
 * @param where its file and number
 */
record KnownHost(String marker, String hosts, String type, String key, String where) {

  private static final String AUTHORITY = "@cert-authority";
  private static final String REVOKED = "@revoked";

  /** A line with another one says nothing: what it means may be the opposite of trust. */
  private static final Set<String> MARKERS = Set.of("", AUTHORITY, REVOKED);

  private static final String HASHED = "|1|";

  /** Returns what the line says; empty for a comment, and for what is none of OpenSSH's forms. */
  static Optional<KnownHost> parse(String line, String where) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    String[] words = text.split("\\s+", -1);
    int first = words[0].startsWith("@") ? 1 : 0;
    String marker = first == 0 ? "" : words[0];
    if (words.length < first + 3 || !MARKERS.contains(marker)) {
      return Optional.empty();
    }
    return Optional.of(
        new KnownHost(marker, words[first], words[first + 1], words[first + 2], where));
  }

  boolean isAuthority() {
    return marker.equals(AUTHORITY);
  }

  boolean isRevoked() {
    return marker.equals(REVOKED);
  }

  /** Returns whether the line is for a host of this name, which is in small letters. */
  boolean appliesTo(String name) {
    return hosts.startsWith(HASHED)
        ? isHashOf(name)
        : Patterns.matchesOneOf(Patterns.list(hosts.toLowerCase(Locale.ROOT)), name);
  }

  private boolean isHashOf(String name) {
    String[] saltAndHash = hosts.substring(HASHED.length()).split("\\|", -1);
    if (saltAndHash.length != 2) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(saltAndHash[0]), "HmacSHA1"));
      return MessageDigest.isEqual(
          mac.doFinal(name.getBytes(UTF_8)), Base64.getDecoder().decode(saltAndHash[1]));
    } catch (IllegalArgumentException e) {
      return false;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-1", e);
    }
  }
}
