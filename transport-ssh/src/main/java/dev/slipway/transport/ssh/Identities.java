package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What accounts are proved with: private keys, each read once and again when its file has changed,
 * and what agents hold. Thread-safe.
 */
final class Identities {

  private static final Logger LOG = LoggerFactory.getLogger(Identities.class);

  private record Read(FileTime at, KeyFile key) {}

  private record Source(Path file, String passphrase) {}

  private final Map<Source, Read> keys = new ConcurrentHashMap<>();

  /**
   * Returns the identities to try at a server, in the order of OpenSSH: certificates, what an agent
   * holds of the files, what else it holds, and what only files hold.
   *
   * @param reader reads the forms that keys come in
   * @throws LinkFailure if there is none, or one cannot be read that there is no other for
   */
  List<Identity> of(Hop hop, SSHClient reader) throws LinkFailure {
    List<Identity> held = held(hop);
    List<Identity> ofAgent = new ArrayList<>();
    List<Identity> ofFiles = new ArrayList<>();
    Map<Identity, Path> files = new LinkedHashMap<>();
    LinkFailure failure = null;
    for (Path file : hop.login().identityFiles()) {
      try {
        Optional<Identity> agents = find(held, publicPart(file));
        if (agents.isPresent()) {
          ofAgent.add(agents.get());
          files.put(agents.get(), file);
        } else if (Files.isReadable(file) && PublicBlob.in(file).isEmpty()) {
          Identity key = read(new Source(file, hop.login().passphrase()), reader);
          ofFiles.add(key);
          files.put(key, file);
        }
      } catch (LinkFailure e) {
        if (hop.login().onlyThese()) {
          throw e;
        }
        failure = failure == null ? e : failure;
      } catch (IOException e) {
        throw refused("The public key of " + file + " cannot be read: " + e, e);
      }
    }
    List<Identity> all = new ArrayList<>(certified(hop, files));
    all.addAll(ofAgent);
    for (Identity one : held) {
      boolean isWanted =
          !hop.login().onlyThese()
              || find(List.copyOf(files.keySet()), Optional.of(PublicBlob.plain(one.blob())))
                  .isPresent();
      if (isWanted && !ofAgent.contains(one)) {
        all.add(one);
      }
    }
    all.addAll(ofFiles);
    if (all.isEmpty() && hop.login().password().isEmpty()) {
      throw failure != null ? failure : none(hop);
    }
    return all;
  }

  private static LinkFailure none(Hop hop) {
    return refused(
        "There is no private key that can be read: "
            + String.join(", ", hop.login().identityFiles().stream().map(Path::toString).toList())
            + hop.login().agent().map(agent -> ", nor one in the agent at " + agent).orElse("")
            + ". Set identityFile to a key that the host accepts.",
        null);
  }

  private static List<Identity> held(Hop hop) {
    if (hop.login().agent().isEmpty()) {
      return List.of();
    }
    try {
      return new SshAgent(hop.login().agent().get()).identities();
    } catch (IOException e) {
      LOG.debug("there are no keys of an agent", e);
      return List.of();
    }
  }

  /** What may be said of a key without the key: its public part is beside it, or all there is. */
  private static Optional<byte[]> publicPart(Path file) throws IOException {
    Optional<byte[]> itself = PublicBlob.in(file);
    return itself.isPresent() ? itself : PublicBlob.in(beside(file, ".pub"));
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static Optional<Identity> find(List<Identity> among, Optional<byte[]> blob) {
    return blob.flatMap(
        wanted -> among.stream().filter(one -> Arrays.equals(one.blob(), wanted)).findFirst());
  }

  /** The certificates beside the keys and those that are named, of which there is the key. */
  private static List<Identity> certified(Hop hop, Map<Identity, Path> files) throws LinkFailure {
    Set<Path> paths = new LinkedHashSet<>(hop.login().certificateFiles());
    files.values().forEach(file -> paths.add(beside(file, "-cert.pub")));
    List<Identity> certified = new ArrayList<>();
    for (Path path : paths) {
      try {
        Optional<byte[]> blob = PublicBlob.in(path).filter(PublicBlob::isCertificate);
        find(List.copyOf(files.keySet()), blob.map(PublicBlob::plain))
            .ifPresent(key -> certified.add(new CertifiedKey(path, blob.orElseThrow(), key)));
      } catch (IOException e) {
        throw refused("The certificate " + path + " cannot be read: " + e, e);
      }
    }
    return certified;
  }

  private KeyFile read(Source source, SSHClient reader) throws LinkFailure {
    try {
      FileTime now = Files.getLastModifiedTime(source.file());
      Read before = keys.get(source);
      if (before != null && before.at().equals(now)) {
        return before.key();
      }
      KeyProvider lazy =
          reader.loadKeys(
              source.file().toString(),
              source.passphrase().isEmpty()
                  ? null
                  : PasswordUtils.createOneOff(secret(source.passphrase()).toCharArray()));
      KeyFile key =
          new KeyFile(
              source.file(),
              new KeyPair(lazy.getPublic(), lazy.getPrivate()),
              reader.getTransport().getConfig());
      keys.put(source, new Read(now, key));
      return key;
    } catch (IOException | RuntimeException e) {
      throw refused(
          "The private key "
              + source.file()
              + " cannot be read ("
              + e.getMessage()
              + "). "
              + (source.passphrase().isEmpty()
                  ? "If it has a passphrase, say in the setting passphrase where it is, or add the"
                      + " key to an agent."
                  : "Is its passphrase right?"),
          e);
    }
  }

  /**
   * Returns a secret from where a setting says that it is.
   *
   * @param what it is, for the error
   */
  static String secret(String where, String what) throws LinkFailure {
    try {
      return secret(where);
    } catch (IOException e) {
      throw refused("The " + what + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String secret(String where) throws IOException {
    if (where.startsWith("env:")) {
      String name = where.substring("env:".length());
      String value = System.getenv(name);
      if (value == null) {
        throw new IOException("the environment variable " + name + " is not set");
      }
      return value;
    }
    if (where.startsWith("file:")) {
      return Files.readString(Path.of(where.substring("file:".length())), UTF_8).stripTrailing();
    }
    throw new IOException("a secret must be env:NAME or file:PATH");
  }

  private static LinkFailure refused(String text, @Nullable Throwable cause) {
    return new LinkFailure(UnreachableReason.AUTHENTICATION_REFUSED, text, cause);
  }
}
