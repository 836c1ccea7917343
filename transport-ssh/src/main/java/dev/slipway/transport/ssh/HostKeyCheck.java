package dev.slipway.transport.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
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
import org.jspecify.annotations.Nullable;

/** Checks the key of one host on one connection, and remembers why it refused it. */
final class HostKeyCheck implements HostKeyVerifier {

  /** The type of a certificate that is for a host and not for an account. */
  private static final long OF_A_HOST = 2;

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
    if (key instanceof Certificate<?> certificate) {
      return isVouchedFor(name, certificate)
          || (refusal == null && verify(hostname, port, certificate.getKey()));
    }
    KeyType type = KeyType.fromKey(key);
    boolean knownKey = false;
    KnownHost otherKey = null;
    boolean otherType = false;
    try {
      for (KnownHost each : known.in(hop.trust().knownHosts())) {
        if (each.isAuthority() || !each.appliesTo(name)) {
          continue;
        }
        if (each.isRevoked()) {
          if (each.key().equals(encoded(key))) {
            refusal = name + " shows a key that is marked as revoked: " + shown(type, key) + ".";
            return false;
          }
        } else if (each.key().equals(encoded(key))) {
          knownKey = true;
        } else if (each.type().equals(type.toString())) {
          otherKey = each;
        } else {
          otherType = true;
        }
      }
    } catch (UncheckedIOException e) {
      refusal = "The key of " + name + " cannot be checked: " + e;
      return false;
    }
    if (knownKey) {
      return true;
    }
    if (otherKey != null) {
      refusal =
          name
              + " shows another key than the known one: "
              + shown(type, key)
              + " instead of "
              + fingerprint(otherKey)
              + " at "
              + otherKey.where()
              + ". Either the host was installed anew, or somebody is in between. If the key is"
              + " right (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on the host says so),"
              + " remove the old one with: ssh-keygen -R '"
              + name
              + "' -f "
              + otherKey.where().substring(0, otherKey.where().lastIndexOf(':'))
              + ", and add the new one.";
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

  /**
   * SSHJ has seen to signature, names and validity of the certificate: in all key exchanges but
   * those that {@link SshjDialer} does without for that reason.
   */
  private boolean isVouchedFor(String name, Certificate<?> certificate) {
    String authority = Base64.getEncoder().encodeToString(certificate.getSignatureKey());
    boolean isVouchedFor = false;
    try {
      for (KnownHost each : known.in(hop.trust().knownHosts())) {
        if (!each.appliesTo(name)) {
          continue;
        }
        boolean isAuthority = each.key().equals(authority);
        if (each.isRevoked() && (isAuthority || each.key().equals(encoded(certificate.getKey())))) {
          refusal =
              name
                  + " shows a certificate whose key, or whose authority, is marked as revoked at "
                  + each.where()
                  + ".";
          return false;
        }
        isVouchedFor |= each.isAuthority() && isAuthority;
      }
    } catch (UncheckedIOException e) {
      refusal = "The key of " + name + " cannot be checked: " + e;
      return false;
    }
    return isVouchedFor
        && certificate.getType() == OF_A_HOST
        && certificate.getCritOptions().isEmpty();
  }

  private static String fingerprint(KnownHost line) {
    try {
      return fingerprint(Base64.getDecoder().decode(line.key()));
    } catch (IllegalArgumentException e) {
      return "a key that cannot be read";
    }
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
      for (KnownHost each : known.in(hop.trust().knownHosts())) {
        if (!each.appliesTo(name)) {
          continue;
        }
        if (each.isAuthority()) {
          for (KeyType type : KeyType.values()) {
            if (type.getParent() != null) {
              types.add(type.toString());
            }
          }
        } else {
          types.add(each.type());
        }
      }
      return types;
    } catch (UncheckedIOException e) {
      return List.of();
    }
  }

  private String files() {
    return String.join(", ", hop.trust().knownHosts().stream().map(Path::toString).toList());
  }

  private String name(String hostname, int port) {
    if (!hop.trust().alias().isEmpty()) {
      return hop.trust().alias().toLowerCase(Locale.ROOT);
    }
    String lower = hostname.toLowerCase(Locale.ROOT);
    return port == 22 ? lower : "[" + lower + "]:" + port;
  }

  private static String shown(KeyType type, PublicKey key) {
    return type + " " + fingerprint(bytes(key));
  }

  private static String fingerprint(byte[] blob) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
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
