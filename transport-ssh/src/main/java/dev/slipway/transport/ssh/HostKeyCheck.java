package dev.slipway.transport.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts.KnownHostEntry;
import org.jspecify.annotations.Nullable;

/** Checks the key of one host on one connection, and remembers why it refused it. */
final class HostKeyCheck implements HostKeyVerifier {

  private final KnownHosts known;
  private final Hop hop;
  private volatile @Nullable String refusal;

  HostKeyCheck(KnownHosts known, Hop hop) {
    this.known = known;
    this.hop = hop;
  }

  /** Returns why the key was refused and what to do about it, or null if it was not. */
  @Nullable String refusal() {
    return refusal;
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey key) {
    String name = name(hostname, port);
    KeyType type = KeyType.fromKey(key);
    boolean knownKey = false;
    boolean otherKey = false;
    boolean otherType = false;
    try {
      for (KnownHostEntry entry : known.in(hop.trust().knownHosts())) {
        String line = entry.getLine();
        if (!entry.appliesTo(name) || line.startsWith("@cert-authority")) {
          continue;
        }
        if (!entry.appliesTo(type, name)) {
          otherType |= !line.startsWith("@revoked");
          continue;
        }
        if (line.startsWith("@revoked")) {
          if (line.contains(encoded(key))) {
            refusal = name + " shows a key that is marked as revoked: " + shown(type, key) + ".";
            return false;
          }
        } else if (entry.verify(key)) {
          knownKey = true;
        } else {
          otherKey = true;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      refusal = "The key of " + name + " cannot be checked: " + e;
      return false;
    }
    if (knownKey) {
      return true;
    }
    if (otherKey) {
      refusal =
          name
              + " shows another key than the known one: "
              + shown(type, key)
              + ". Either the host was installed anew, or somebody is in between. If the key is"
              + " right, replace the old one in "
              + files()
              + " (ssh-keygen -R removes it).";
      return false;
    }
    if (otherType && hop.trust().newHostKeys() == Hop.NewHostKeys.ACCEPT) {
      refusal =
          name
              + " is known by another type of key, so this one is not accepted as new: "
              + shown(type, key)
              + ". If it is right, add it to "
              + files()
              + ".";
      return false;
    }
    return hop.trust().newHostKeys() == Hop.NewHostKeys.ACCEPT
        ? accept(name, type, key)
        : refuse(name, type, key);
  }

  private boolean refuse(String name, KeyType type, PublicKey key) {
    refusal =
        "Nobody has vouched for the key of "
            + name
            + " yet: "
            + shown(type, key)
            + ". Compare it on the host (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and add"
            + " it to "
            + files()
            + ", for example with ssh-keyscan; or set hostKeyChecking to accept-new.";
    return false;
  }

  private boolean accept(String name, KeyType type, PublicKey key) {
    try {
      known.add(hop.trust().knownHosts().get(0), name + " " + type + " " + encoded(key));
      return true;
    } catch (IOException e) {
      refusal = "The key of " + name + " cannot be written down: " + e;
      return false;
    }
  }

  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    String name = name(hostname, port);
    try {
      List<String> types = new ArrayList<>();
      for (KnownHostEntry entry : known.in(hop.trust().knownHosts())) {
        if (entry.appliesTo(name)) {
          types.add(entry.getType().toString());
        }
      }
      return types;
    } catch (IOException e) {
      return List.of();
    }
  }

  private String files() {
    return String.join(", ", hop.trust().knownHosts().stream().map(Path::toString).toList());
  }

  private static String name(String hostname, int port) {
    String lower = hostname.toLowerCase(Locale.ROOT);
    return port == 22 ? lower : "[" + lower + "]:" + port;
  }

  private static String shown(KeyType type, PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(key));
      return type + " SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String encoded(PublicKey key) {
    return Base64.getEncoder().encodeToString(bytes(key));
  }

  private static byte[] bytes(PublicKey key) {
    return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }
}
