package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;

/** Private keys, each read once and again when its file has changed. Thread-safe. */
final class Identities {

  private record Read(FileTime at, KeyProvider key) {}

  private record Source(Path file, String passphrase) {}

  private final Map<Source, Read> keys = new ConcurrentHashMap<>();

  /**
   * Returns the keys of a host that exist.
   *
   * @param reader reads the forms that keys come in
   * @throws LinkFailure if there is none, or one cannot be read
   */
  List<KeyProvider> of(Hop hop, SSHClient reader) throws LinkFailure {
    List<KeyProvider> found = new ArrayList<>();
    for (Path file : hop.login().identityFiles()) {
      if (Files.isReadable(file)) {
        found.add(read(new Source(file, hop.login().passphrase()), reader));
      }
    }
    if (found.isEmpty()) {
      throw refused(
          "There is no private key that can be read: "
              + String.join(", ", hop.login().identityFiles().stream().map(Path::toString).toList())
              + ". Set identityFile to a key that the host accepts.",
          null);
    }
    return found;
  }

  private KeyProvider read(Source source, SSHClient reader) throws LinkFailure {
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
                  : PasswordUtils.createOneOff(passphrase(source.passphrase()).toCharArray()));
      KeyProvider key = new KeyPairWrapper(new KeyPair(lazy.getPublic(), lazy.getPrivate()));
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
                  ? "If it has a passphrase, say in the setting passphrase where it is."
                  : "Is its passphrase right?"),
          e);
    }
  }

  private static String passphrase(String where) throws IOException {
    if (where.startsWith("env:")) {
      String name = where.substring("env:".length());
      String value = System.getenv(name);
      if (value == null) {
        throw new IOException(
            "the environment variable " + name + " with its passphrase is not set");
      }
      return value;
    }
    if (where.startsWith("file:")) {
      return Files.readString(Path.of(where.substring("file:".length())), UTF_8).stripTrailing();
    }
    throw new IOException("passphrase must be env:NAME or file:PATH");
  }

  private static LinkFailure refused(String text, @Nullable Throwable cause) {
    return new LinkFailure(UnreachableReason.AUTHENTICATION_REFUSED, text, cause);
  }
}
