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
import java.util.stream.Collectors;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;

/**
 * What accounts are proved with: private keys, each read once and again when its file has changed,
 * and what agents hold. Thread-safe.
 */
final class Identities {

  private record Read(FileTime at, KeyFile key) {}

  private record Source(Path file, String passphrase) {}

  private final Secrets secrets;

  private final Map<Source, Read> keys = new ConcurrentHashMap<>();
  private final Map<Path, SshAgent> agents = new ConcurrentHashMap<>();

  /**
   * Makes those of a process.
   *
   * @param secrets who is asked for secrets that are to be asked for
   */
  Identities(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * What is to be tried at a server.
   *
   * @param identities in the order in which they are tried
   * @param faults what cannot be tried, and why
   */
  record Offer(List<Identity> identities, List<LinkFailure> faults) {

    /** Nothing. */
    static final Offer NONE = new Offer(List.of(), List.of());

    /** Copies the lists in. */
    Offer {
      identities = List.copyOf(identities);
      faults = List.copyOf(faults);
    }
  }

  /**
   * Returns the identities to try at a server, in the order of OpenSSH: certificates, what an agent
   * holds of the files, what else it holds, and what only files hold. One that cannot be read is
   * passed over.
   *
   * @param reader reads the forms that keys come in
   * @throws LinkFailure if there is nothing to try, or a certificate is not there that must be
   */
  Offer of(Hop hop, SSHClient reader) throws LinkFailure {
    List<LinkFailure> faults = new ArrayList<>();
    List<Identity> held = held(hop, faults);
    List<LinkFailure> ofAgents = List.copyOf(faults);
    List<Identity> ofAgent = new ArrayList<>();
    List<Identity> ofFiles = new ArrayList<>();
    Map<Identity, Path> files = new LinkedHashMap<>();
    List<String> passedOver = new ArrayList<>();
    for (Path file : hop.login().identityFiles()) {
      try {
        Optional<Identity> agents = find(held, publicPart(file));
        if (agents.isPresent()) {
          ofAgent.add(agents.get());
          files.put(agents.get(), file);
          continue;
        }
        Optional<String> why = whyNoPrivateKey(file);
        if (why.isEmpty()) {
          Identity key = read(new Source(file, hop.login().passphrase()), hop, reader);
          ofFiles.add(key);
          files.put(key, file);
        } else {
          passedOver.add(file + " " + why.get());
          if (hop.login().onlyThese() || !Files.notExists(file)) {
            faults.add(refused(file + " " + why.get() + ".", null));
          }
        }
      } catch (LinkFailure e) {
        faults.add(e);
      } catch (IOException e) {
        faults.add(refused("The public key of " + file + " cannot be read: " + e, e));
      }
    }
    List<Identity> all = new ArrayList<>(certified(hop, files, faults));
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
      throw passedOver.size() == hop.login().identityFiles().size()
          ? none(hop, passedOver, ofAgents)
          : refused(texts(faults), faults.get(0));
    }
    return new Offer(all, faults);
  }

  /** Who names a file that cannot be used is told what it is instead. */
  private static Optional<String> whyNoPrivateKey(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.of("does not exist");
    }
    if (Files.isDirectory(file)) {
      return Optional.of("is a directory");
    }
    if (!Files.isReadable(file)) {
      return Optional.of("cannot be read by " + System.getProperty("user.name"));
    }
    return PublicBlob.in(file).isPresent()
        ? Optional.of("is a public key, and no agent holds its private one")
        : Optional.empty();
  }

  private static String texts(List<LinkFailure> faults) {
    return faults.stream().map(LinkFailure::text).collect(Collectors.joining(" "));
  }

  private static LinkFailure none(Hop hop, List<String> passedOver, List<LinkFailure> ofAgents) {
    return refused(
        "There is no private key that can be read: "
            + String.join(", ", passedOver)
            + hop.login().agent().map(agent -> "; nor one in the agent at " + agent).orElse("")
            + ". Set identityFile to a key that the host accepts."
            + (ofAgents.isEmpty() ? "" : " " + texts(ofAgents)),
        null);
  }

  private List<Identity> held(Hop hop, List<LinkFailure> faults) {
    Optional<Path> socket = hop.login().agent();
    if (socket.isEmpty() || Files.notExists(socket.get())) {
      return List.of();
    }
    try {
      return agents.computeIfAbsent(socket.get(), SshAgent::new).identities();
    } catch (IOException e) {
      faults.add(refused("There are no keys of an agent: " + e.getMessage() + ".", e));
      return List.of();
    }
  }

  /** What may be said of a key without its passphrase: its public part is in it or beside it. */
  private static Optional<byte[]> publicPart(Path file) throws IOException {
    Optional<byte[]> itself = PublicBlob.in(file);
    Optional<byte[]> within = itself.isPresent() ? itself : PublicBlob.inPrivate(file);
    return within.isPresent() ? within : PublicBlob.in(beside(file, ".pub"));
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static Optional<Identity> find(List<Identity> among, Optional<byte[]> blob) {
    return blob.flatMap(
        wanted -> among.stream().filter(one -> Arrays.equals(one.blob(), wanted)).findFirst());
  }

  /** The certificates beside the keys and those that are named, of which there is the key. */
  private static List<Identity> certified(
      Hop hop, Map<Identity, Path> files, List<LinkFailure> faults) throws LinkFailure {
    for (Path path : hop.login().certificateFiles()) {
      Optional<String> why = whyNoCertificate(path);
      if (why.isPresent()) {
        LinkFailure fault = refused("The certificate " + path + " " + why.get() + ".", null);
        if (hop.login().needsCertificates()) {
          throw fault;
        }
        faults.add(fault);
      }
    }
    Set<Path> paths = new LinkedHashSet<>(hop.login().certificateFiles());
    files.values().forEach(file -> paths.add(beside(file, "-cert.pub")));
    List<Identity> certified = new ArrayList<>();
    for (Path path : paths) {
      try {
        Optional<byte[]> blob = PublicBlob.in(path).filter(PublicBlob::isCertificate);
        find(List.copyOf(files.keySet()), blob.map(PublicBlob::plain))
            .ifPresent(key -> certified.add(new CertifiedKey(path, blob.orElseThrow(), key)));
      } catch (IOException e) {
        faults.add(refused("The certificate " + path + " cannot be read: " + e, e));
      }
    }
    return certified;
  }

  /** Those that lie beside keys need not be there; those that are named are meant. */
  private static Optional<String> whyNoCertificate(Path file) {
    if (Files.notExists(file)) {
      return Optional.of("does not exist; certificateFile must name a file, such as KEY-cert.pub");
    }
    return Files.isReadable(file) && !Files.isDirectory(file)
        ? Optional.empty()
        : Optional.of(
            Files.isDirectory(file)
                ? "is a directory"
                : "cannot be read by " + System.getProperty("user.name"));
  }

  private KeyFile read(Source source, Hop hop, SSHClient reader) throws LinkFailure {
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
                  : PasswordUtils.createOneOff(passphrase(source, hop)));
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

  private char[] passphrase(Source source, Hop hop) throws IOException {
    return secret(
        source.passphrase(),
        new Secrets.Question(Secrets.Kind.PASSPHRASE, hop.user(), hop.toString(), source.file()));
  }

  /**
   * Returns a password from where a setting says that it is.
   *
   * @param kind which one
   */
  char[] password(String where, Secrets.Kind kind, Hop hop) throws LinkFailure {
    try {
      return secret(where, new Secrets.Question(kind, hop.user(), hop.toString(), null));
    } catch (IOException e) {
      String what = kind == Secrets.Kind.SUDO_PASSWORD ? "password for sudo" : "password";
      throw refused(
          "The " + what + " of " + hop.user() + " on " + hop + " is not known: " + e.getMessage(),
          e);
    }
  }

  private char[] secret(String where, Secrets.Question question) throws IOException {
    if (where.equals("ask")) {
      return asked(question);
    }
    if (where.startsWith("env:")) {
      String name = where.substring("env:".length());
      String value = System.getenv(name);
      if (value == null) {
        throw new IOException("the environment variable " + name + " is not set");
      }
      return value.toCharArray();
    }
    if (where.startsWith("file:")) {
      return Files.readString(Path.of(where.substring("file:".length())), UTF_8)
          .stripTrailing()
          .toCharArray();
    }
    throw new IOException("a secret must be env:NAME, file:PATH or ask");
  }

  private char[] asked(Secrets.Question question) throws IOException {
    try {
      return secrets
          .answer(question)
          .orElseThrow(() -> new IOException("nobody has answered the question for it"));
    } catch (RuntimeException e) {
      throw new IOException("the question for it came to nothing: " + e.getMessage(), e);
    }
  }

  private static LinkFailure refused(String text, @Nullable Throwable cause) {
    return new LinkFailure(UnreachableReason.AUTHENTICATION_REFUSED, text, cause);
  }
}
