package dev.slipway.transport.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the key of one host on one connection, and remembers why it refused it. */
final class HostKeyCheck implements HostKeyVerifier {

  private static final Logger LOG = LoggerFactory.getLogger(HostKeyCheck.class);

  private static final Certified NO_CERTIFICATE = new Certified("", "");
  private static final int SSH_PORT = 22;

  private final KnownHosts known;
  private final Hop hop;
  private final Clock clock;
  private final Consumer<NewHostKey> listener;
  private volatile @Nullable String refusal;

  /**
   * Makes one.
   *
   * @param clock says whether certificates are still valid
   * @param listener is told of a key that is trusted from now on
   */
  HostKeyCheck(KnownHosts known, Hop hop, Clock clock, Consumer<NewHostKey> listener) {
    this.listener = listener;
    this.known = known;
    this.hop = hop;
    this.clock = clock;
  }

  /** Returns why the key was refused and what to do about it, or null if it was not. */
  @Nullable String refusal() {
    return refusal;
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey shown) {
    try {
      return shown instanceof Certificate<?> certificate
          ? isTrusted(hostname, port, certificate)
          : isTrusted(hostname, port, shown, NO_CERTIFICATE);
    } catch (UncheckedIOException e) {
      refusal =
          "The key of "
              + name(hostname, port)
              + " cannot be checked: "
              + e.getMessage()
              + " ("
              + e.getCause()
              + ").";
      return false;
    }
  }

  /** As OpenSSH does: where nobody has vouched for the host by a certificate, its key counts. */
  private boolean isTrusted(String hostname, int port, Certificate<?> certificate) {
    String name = name(hostname, port);
    String bare = bareName(hostname);
    String authority = Base64.getEncoder().encodeToString(certificate.getSignatureKey());
    boolean isVouchedFor = false;
    for (KnownHost each : known.in(hop.trust().knownHosts())) {
      if (!each.appliesTo(name) && !each.appliesTo(bare)) {
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
    if (!isVouchedFor) {
      String stranger = fingerprint(certificate.getSignatureKey());
      return isTrusted(hostname, port, certificate.getKey(), new Certified("", stranger));
    }
    Optional<String> fault = HostCertificate.fault(certificate, bare, clock.instant());
    return fault.isEmpty()
        || isTrusted(hostname, port, certificate.getKey(), new Certified(fault.get(), ""));
  }

  /**
   * Why the certificate that a key came with does not count; both are empty if there was none.
   *
   * @param fault what is wrong with it, though who signed it is trusted
   * @param stranger the fingerprint of who signed it and is not
   */
  private record Certified(String fault, String stranger) {

    String inWords() {
      return stranger.isEmpty()
          ? ""
          : " Its certificate is signed by "
              + stranger
              + ", which no @cert-authority line for the host has.";
    }
  }

  /** What the lines for a name say of a key. */
  private enum Standing {
    KNOWN,
    REVOKED,
    CHANGED,
    OF_ANOTHER_TYPE,
    NEW
  }

  private record Found(Standing standing, @Nullable KnownHost line) {}

  private Found find(String name, KeyType type, PublicKey key) {
    String encoded = encoded(key);
    Found found = new Found(Standing.NEW, null);
    for (KnownHost each : known.in(hop.trust().knownHosts())) {
      if (each.isAuthority() || !each.appliesTo(name)) {
        continue;
      }
      boolean isSame = each.key().equals(encoded);
      if (each.isRevoked()) {
        if (isSame) {
          return new Found(Standing.REVOKED, each);
        }
      } else if (isSame) {
        found = new Found(Standing.KNOWN, each);
      } else if (found.standing() != Standing.KNOWN) {
        if (each.type().equals(type.toString())) {
          found = new Found(Standing.CHANGED, each);
        } else if (found.standing() == Standing.NEW) {
          found = new Found(Standing.OF_ANOTHER_TYPE, each);
        }
      }
    }
    return found;
  }

  /**
   * Returns whether a key is.
   *
   * @param certified why the certificate with the key does not count
   */
  private boolean isTrusted(String hostname, int port, PublicKey key, Certified certified) {
    String name = name(hostname, port);
    KeyType type = KeyType.fromKey(key);
    Found found = find(name, type, key);
    String bare = bareName(hostname);
    if (found.standing() == Standing.NEW && !bare.equals(name)) {
      // As OpenSSH does: a line without a port is for the server at any port, if it has the key.
      Found anyPort = find(bare, type, key);
      if (anyPort.standing() == Standing.KNOWN || anyPort.standing() == Standing.REVOKED) {
        found = anyPort;
      }
    }
    KnownHost line = found.line();
    switch (found.standing()) {
      case KNOWN -> {
        return true;
      }
      case REVOKED ->
          refusal =
              name
                  + " shows a key that is marked as revoked at "
                  + Objects.requireNonNull(line).where()
                  + ": "
                  + shown(type, key)
                  + ".";
      case CHANGED -> refusal = changed(name, shown(type, key), Objects.requireNonNull(line));
      case OF_ANOTHER_TYPE, NEW -> {
        if (!certified.fault().isEmpty()) {
          refusal = "The certificate of " + name + " does not count: " + certified.fault();
        } else if (hop.trust().newHostKeys() == Hop.NewHostKeys.REFUSE) {
          refusal = unknown(hostname, port, shown(type, key)) + certified.inWords();
        } else if (found.standing() == Standing.OF_ANOTHER_TYPE) {
          refusal =
              name
                  + " is known by another type of key, so this one is not accepted as new: "
                  + shown(type, key)
                  + ". If it is right, add it to "
                  + files()
                  + ".";
        } else {
          return accept(name, type, key);
        }
      }
    }
    return false;
  }

  private static String changed(String name, String shown, KnownHost line) {
    return name
        + " shows another key than the known one: "
        + shown
        + " instead of "
        + fingerprint(line)
        + " at "
        + line.where()
        + ". Either the host was installed anew, or somebody is in between. If the key is"
        + " right (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on the host says so),"
        + " remove the old one with: ssh-keygen -R '"
        + name
        + "' -f "
        + line.where().substring(0, line.where().lastIndexOf(':'))
        + ", and add the new one.";
  }

  private String unknown(String hostname, int port, String shown) {
    String scan =
        hop.trust().alias().isEmpty()
            ? ", for example with ssh-keyscan"
                + (port == SSH_PORT ? " " : " -p " + port + " ")
                + hostname
            : "";
    return "Nobody has vouched for the key of "
        + name(hostname, port)
        + " yet: "
        + shown
        + ". Compare it on the host (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and add"
        + " it to "
        + hop.trust().knownHosts().get(0)
        + scan
        + "; or set hostKeyChecking to accept-new.";
  }

  private static String fingerprint(KnownHost line) {
    try {
      return fingerprint(Base64.getDecoder().decode(line.key()));
    } catch (IllegalArgumentException e) {
      return "a key that cannot be read";
    }
  }

  private boolean accept(String name, KeyType type, PublicKey key) {
    Path file = hop.trust().knownHosts().get(0);
    try {
      if (known.add(file, name + " " + type + " " + encoded(key))) {
        LOG.warn(
            "{} is new: its key {} is trusted from now on, see {}", name, shown(type, key), file);
        listener.accept(new NewHostKey(name, type.toString(), fingerprint(bytes(key)), file));
      }
      return true;
    } catch (IOException e) {
      refusal = "The key of " + name + " cannot be written down: " + e;
      return false;
    }
  }

  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    try {
      List<String> types = typesFor(name(hostname, port));
      return types.isEmpty() ? typesFor(bareName(hostname)) : types;
    } catch (UncheckedIOException e) {
      return List.of();
    }
  }

  private List<String> typesFor(String name) {
    List<String> types = new ArrayList<>();
    for (KnownHost each : known.in(hop.trust().knownHosts())) {
      if (!each.appliesTo(name) || each.isRevoked()) {
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
  }

  private String files() {
    return String.join(", ", hop.trust().knownHosts().stream().map(Path::toString).toList());
  }

  private String name(String hostname, int port) {
    String bare = bareName(hostname);
    return port == SSH_PORT || !hop.trust().alias().isEmpty() ? bare : "[" + bare + "]:" + port;
  }

  /** Returns the name without the port, as certificates have it. */
  private String bareName(String hostname) {
    String alias = hop.trust().alias();
    return (alias.isEmpty() ? hostname : alias).toLowerCase(Locale.ROOT);
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
