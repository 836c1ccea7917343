package dev.slipway.examples.fleet;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** RSA key pairs: what every SSH client reads without further providers. */
final class Keys {

  private static final int BITS = 2048;

  private Keys() {}

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  static List<KeyPair> generate(int count, Executor executor) {
    List<CompletableFuture<KeyPair>> pairs =
        Stream.generate(() -> CompletableFuture.supplyAsync(Keys::generate, executor))
            .limit(count)
            .toList();
    return pairs.stream().map(CompletableFuture::join).toList();
  }
}
