package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents, certificates and keys of hosts, as OpenSSH makes them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshIdentityTest {

  private static final Pattern PROCESS = Pattern.compile("SSH_AGENT_PID=(\\d+)");

  @TempDir private Path directory;

  private final Heard heard = new Heard();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private SshOptions options = SshOptions.DEFAULTS;

  @BeforeEach
  void needTools() throws IOException {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
    assumeTrue(
        Shell.find("ssh-agent").isPresent() && Shell.find("ssh-add").isPresent(),
        "agent is not installed");
    run(Map.of(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", at("ca"));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private static String run(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.onExit().join().exitValue()).as("%s: %s", List.of(command), said).isZero();
    return said;
  }

  private OpenSshServer server(String... more) throws IOException {
    OpenSshServer server =
        OpenSshServer.start(directory.resolve("server"), "ed25519", List.of(more));
    opened.add(server);
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
    return server;
  }

  /** Returns the socket of an agent that runs until the test ends. */
  private Path agent() throws IOException {
    Path socket = directory.resolve("agent");
    Matcher said = PROCESS.matcher(run(Map.of(), "ssh-agent", "-s", "-a", socket.toString()));
    assertThat(said.find()).isTrue();
    long process = Long.parseLong(said.group(1));
    opened.add(() -> ProcessHandle.of(process).ifPresent(ProcessHandle::destroy));
    return socket;
  }

  private Path key(String type) throws IOException {
    Path file = directory.resolve("own_" + type);
    run(Map.of(), "ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString());
    return file;
  }

  private static void add(Path agent, Path key) throws IOException {
    run(Map.of("SSH_AUTH_SOCK", agent.toString()), "ssh-add", "-q", key.toString());
  }

  private void authorize(Path key) throws IOException {
    Files.writeString(
        directory.resolve("server/authorized_keys"),
        Files.readString(Path.of(key + ".pub")),
        StandardOpenOption.APPEND);
  }

  private void certify(Path key, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("ssh-keygen", "-q", "-s", at("ca"), "-I", "test", "-V", "+1h"));
    command.addAll(List.of(more));
    command.add(key + ".pub");
    run(Map.of(), command.toArray(String[]::new));
  }

  private Host host(OpenSshServer server, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("port", String.valueOf(server.port()));
    settings.put("agent", "none");
    settings.put("knownHosts", at("known_hosts"));
    settings.put("hostRoot", at("host"));
    settings.put("deploymentRoot", "/opt/root");
    settings.putAll(more);
    return new Host(new HostId("web-1"), "127.0.0.1", "", Map.of(), settings);
  }

  private DeploymentWork work() throws IOException {
    return Rollouts.work(
        "d-AAAAAAAA1",
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .pack(BundleType.TGZ));
  }

  private SshTransport transport() {
    SshTransport transport = SshTransport.with(options.withWorkDirectory(directory));
    opened.add(0, transport);
    return transport;
  }

  private void assertReached(Host host) throws IOException {
    var ends =
        new Rollouts(transport(), host)
            .run(work(), 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);
    assertThat(ends).hasSize(1).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
  }

  private Heard.Word refusal(Host host) throws IOException {
    SshTransport transport = transport();
    transport.offer(
        new Rollouts(transport, host).command(work(), LifecycleEvent.APPLICATION_STOP, 1), heard);
    return heard.await("unreachable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void an_agent_signs_with_keys_that_no_file_has(String type) throws IOException {
    OpenSshServer server = server();
    Path agent = agent();
    Path key = key(type);
    add(agent, key);
    authorize(key);
    Files.delete(key);

    assertReached(host(server, Map.of("agent", agent.toString(), "identityFile", key.toString())));
  }

  @Test
  void a_key_with_a_passphrase_needs_none_when_the_agent_holds_it() throws IOException {
    OpenSshServer server = server();
    Path agent = agent();
    Path key = key("ed25519");
    add(agent, key);
    authorize(key);
    run(Map.of(), "ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", key.toString());

    assertReached(host(server, Map.of("agent", agent.toString(), "identityFile", key.toString())));
  }

  @Test
  void a_locked_key_without_its_public_part_beside_it_is_found_in_the_agent() throws IOException {
    OpenSshServer server = server();
    Path agent = agent();
    Path key = key("ed25519");
    add(agent, key);
    authorize(key);
    run(Map.of(), "ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", key.toString());
    Files.delete(Path.of(key + ".pub"));

    assertReached(host(server, Map.of("agent", agent.toString(), "identityFile", key.toString())));
  }

  @Test
  void a_key_that_cannot_be_read_keeps_no_other_from_being_tried() throws IOException {
    OpenSshServer server = server();
    String keys = server.lockedIdentity() + "," + server.identity();

    assertReached(host(server, Map.of("identityFile", keys)));
  }

  @Test
  void a_key_that_cannot_be_read_is_told_when_no_other_is_taken() throws IOException {
    OpenSshServer server = server();
    String keys = server.lockedIdentity() + "," + server.strangeIdentity();

    Heard.Word refusal = refusal(host(server, Map.of("identityFile", keys)));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .contains("does not let", "id_strange", "Not tried: The private key", "id_locked");
  }

  @Test
  void each_file_that_is_no_private_key_is_told_for_what_it_is() throws IOException {
    OpenSshServer server = server();
    Path key = key("ed25519");
    String keys = at("none") + "," + key + ".pub," + directory;

    Heard.Word refusal = refusal(host(server, Map.of("identityFile", keys)));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .contains(
            at("none") + " does not exist, ",
            key + ".pub is a public key, and no agent holds its private one, ",
            directory + " is a directory. Set identityFile");
  }

  @Test
  void a_key_that_is_there_and_cannot_be_read_is_not_taken_for_missing() throws IOException {
    OpenSshServer server = server();
    Path endless = directory.resolve("endless");
    Files.createSymbolicLink(endless, endless);

    Heard.Word refusal = refusal(host(server, Map.of("identityFile", endless.toString())));

    assertThat(refusal.text())
        .contains(endless + " cannot be read by " + System.getProperty("user.name"));
  }

  @Test
  void a_key_that_is_missing_is_told_when_no_other_is_taken() throws IOException {
    OpenSshServer server = server();
    String keys = at("none") + "," + server.strangeIdentity();

    Heard.Word refusal = refusal(host(server, Map.of("identityFile", keys)));

    assertThat(refusal.text())
        .contains("does not let", "Not tried: " + at("none") + " does not exist.");
  }

  @Test
  void a_certificate_that_a_setting_names_must_be_there() throws IOException {
    OpenSshServer server = server();
    String key = server.identity().toString();

    Heard.Word refusal =
        refusal(host(server, Map.of("identityFile", key, "certificateFile", at("none-cert.pub"))));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .startsWith("The certificate " + at("none-cert.pub") + " does not exist; ");
  }

  @Test
  void a_certificate_that_the_configuration_names_and_is_missing_keeps_nobody_out()
      throws IOException {
    OpenSshServer server = server();
    Path config =
        Files.writeString(
            directory.resolve("config"), "CertificateFile " + at("none-cert.pub") + "\n");
    options = options.withConfig(config);

    assertReached(host(server, Map.of("identityFile", server.identity().toString())));
  }

  private String strangeKeysAnd(OpenSshServer server) throws IOException {
    return String.join(
        ",",
        key("ed25519").toString(),
        key("ecdsa").toString(),
        server.strangeIdentity().toString(),
        server.identity().toString());
  }

  @Test
  void a_server_that_ends_the_connection_after_too_many_keys_is_told_with_the_way_out()
      throws IOException {
    OpenSshServer server = server("MaxAuthTries 2");

    Heard.Word refusal = refusal(host(server, Map.of("identityFile", strangeKeysAnd(server))));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .contains("Too many authentication failures", "identityFile", "IdentitiesOnly yes");
  }

  @Test
  void a_server_that_takes_no_keys_is_shown_one_only() throws IOException {
    OpenSshServer server =
        server("MaxAuthTries 3", "PubkeyAuthentication no", "PasswordAuthentication yes");

    Heard.Word refusal = refusal(host(server, Map.of("identityFile", strangeKeysAnd(server))));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .contains("It takes no keys, but", "password")
        .doesNotContain("Too many");
  }

  @Test
  void a_server_that_wants_a_password_besides_the_key_is_told() throws IOException {
    OpenSshServer server =
        server("PasswordAuthentication yes", "AuthenticationMethods publickey,password");

    Heard.Word refusal =
        refusal(host(server, Map.of("identityFile", server.identity().toString())));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text()).contains("has taken one of them and asks for more: password");
  }

  @Test
  void a_passphrase_can_be_asked_for_once() throws IOException {
    OpenSshServer server = server();
    List<Secrets.Question> questions = new CopyOnWriteArrayList<>();
    options =
        options.withSecrets(
            question -> {
              questions.add(question);
              return Optional.of("open sesame".toCharArray());
            });
    Host host =
        host(
            server,
            Map.of("identityFile", server.lockedIdentity().toString(), "passphrase", "ask"));
    SshTransport transport = transport();

    for (String name : List.of("web-1", "web-2")) {
      Host one = new Host(new HostId(name), host.address(), "", Map.of(), host.settings());
      var ends =
          new Rollouts(transport, one)
              .run(work(), 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);
      assertThat(ends.values()).allSatisfy(end -> assertThat(end.isSuccess()).isTrue());
    }

    assertThat(questions)
        .singleElement()
        .satisfies(question -> assertThat(question.keyFile()).isEqualTo(server.lockedIdentity()));
  }

  @Test
  void other_keys_of_the_agent_are_left_aside_when_the_host_names_its_own() throws IOException {
    OpenSshServer server = server();
    Path agent = agent();
    Path key = key("ed25519");
    add(agent, key);
    authorize(key);

    Heard.Word refusal =
        refusal(
            host(
                server,
                Map.of(
                    "agent", agent.toString(),
                    "identityFile", server.strangeIdentity().toString())));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text()).contains("id_strange").doesNotContain("of the agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa"})
  void a_certificate_beside_the_key_lets_an_account_in(String type) throws IOException {
    OpenSshServer server = server("TrustedUserCAKeys " + at("ca.pub"));
    Path key = key(type);
    certify(key, "-n", System.getProperty("user.name"));

    assertReached(host(server, Map.of("identityFile", key.toString())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void a_certificate_in_the_agent_lets_an_account_in(String type) throws IOException {
    OpenSshServer server = server("TrustedUserCAKeys " + at("ca.pub"));
    Path agent = agent();
    Path key = key(type);
    certify(key, "-n", System.getProperty("user.name"));
    add(agent, key);
    Files.delete(key);
    Files.delete(Path.of(key + "-cert.pub"));

    assertReached(host(server, Map.of("agent", agent.toString(), "identityFile", key.toString())));
  }

  @Test
  void a_certificate_of_somebody_else_lets_nobody_in() throws IOException {
    OpenSshServer server = server("TrustedUserCAKeys " + at("ca.pub"));
    Path key = key("ed25519");
    certify(key, "-n", "somebody-else");

    Heard.Word refusal = refusal(host(server, Map.of("identityFile", key.toString())));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text()).contains("own_ed25519-cert.pub");
  }

  /** Returns a server that shows a certificate for these names. */
  private OpenSshServer certified(String names) throws IOException {
    Path key = key("ed25519");
    certify(key, "-h", "-n", names);
    return server("HostKey " + key, "HostCertificate " + key + "-cert.pub");
  }

  private Host known(OpenSshServer server, String line) throws IOException {
    Files.writeString(directory.resolve("known_hosts"), line);
    return host(server, Map.of("identityFile", server.identity().toString()));
  }

  private String authority(String marker) throws IOException {
    return marker + " [127.0.0.*]:* " + Files.readString(Path.of(at("ca.pub")));
  }

  @Test
  void a_host_is_trusted_for_its_certificate() throws IOException {
    OpenSshServer server = certified("127.0.0.1");

    assertReached(known(server, authority("@cert-authority")));
  }

  @Test
  void a_host_is_not_trusted_for_the_certificate_of_another() throws IOException {
    OpenSshServer server = certified("web-2.example.org");

    Heard.Word refusal = refusal(known(server, authority("@cert-authority")));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text()).contains("it is for [web-2.example.org], not for 127.0.0.1");
  }

  @Test
  void who_signed_a_certificate_is_told_if_nobody_trusts_it() throws IOException {
    OpenSshServer server = certified("127.0.0.1");
    String other = Files.readString(Path.of(at("own_ed25519.pub")));

    Heard.Word refusal = refusal(known(server, "@cert-authority [127.0.0.*]:* " + other));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text())
        .contains("Its certificate is signed by SHA256:", "which no @cert-authority line");
  }

  @Test
  void a_host_is_trusted_for_the_certificate_of_its_alias() throws IOException {
    OpenSshServer server = certified("web-2.example.org");
    Path config = Files.writeString(directory.resolve("config"), "HostKeyAlias web-2.example.org");
    options = options.withConfig(config);

    assertReached(
        known(server, "@cert-authority *.example.org " + Files.readString(Path.of(at("ca.pub")))));
  }

  @Test
  void a_certificate_that_has_expired_is_told_and_new_keys_are_not_taken_instead()
      throws IOException {
    Path key = key("ed25519");
    certify(key, "-h", "-n", "127.0.0.1", "-V", "20200101:20200102");
    OpenSshServer server = server("HostKey " + key, "HostCertificate " + key + "-cert.pub");
    Files.writeString(directory.resolve("known_hosts"), authority("@cert-authority"));

    Heard.Word refusal =
        refusal(
            host(
                server,
                Map.of(
                    "identityFile",
                    server.identity().toString(),
                    "hostKeyChecking",
                    "accept-new")));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text()).contains("does not count: it was valid until 2020-01-0");
  }

  @Test
  void the_plain_key_counts_where_the_certificate_does_not() throws IOException {
    OpenSshServer server = certified("web-2.example.org");
    String plain = Files.readString(Path.of(at("own_ed25519.pub")));

    assertReached(
        known(server, authority("@cert-authority") + "[127.0.0.1]:" + server.port() + " " + plain));
  }

  @Test
  void a_certificate_for_accounts_is_none_for_a_host() throws IOException {
    Path key = key("ed25519");
    certify(key, "-n", "127.0.0.1");
    Certificate<?> certificate =
        (Certificate<?>)
            new Buffer.PlainBuffer(PublicBlob.in(Path.of(key + "-cert.pub")).orElseThrow())
                .readPublicKey();

    assertThat(HostCertificate.fault(certificate, "127.0.0.1", Instant.now()))
        .hasValueSatisfying(fault -> assertThat(fault).contains("for accounts"));
  }

  @Test
  void a_certificate_that_was_changed_is_not_signed() throws IOException {
    Path key = key("ed25519");
    certify(key, "-h", "-n", "web-1");
    byte[] blob = PublicBlob.in(Path.of(key + "-cert.pub")).orElseThrow();
    Certificate<?> whole = (Certificate<?>) new Buffer.PlainBuffer(blob).readPublicKey();
    int name = new String(blob, ISO_8859_1).indexOf("web-1");
    blob[name + 4] = '2';
    Certificate<?> changed = (Certificate<?>) new Buffer.PlainBuffer(blob).readPublicKey();

    assertThat(HostCertificate.fault(whole, "web-1", Instant.now())).isEmpty();
    assertThat(HostCertificate.fault(changed, "web-2", Instant.now()))
        .hasValueSatisfying(fault -> assertThat(fault).contains("has not signed it"));
  }

  @Test
  void a_certificate_of_an_authority_that_is_revoked_is_refused() throws IOException {
    OpenSshServer server = certified("127.0.0.1");

    Heard.Word refusal =
        refusal(known(server, authority("@cert-authority") + authority("@revoked")));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text()).contains("revoked", "known_hosts:2");
  }

  @Test
  void no_key_is_exchanged_in_a_way_that_leaves_certificates_unchecked() throws IOException {
    OpenSshServer server =
        server(
            "KexAlgorithms"
                + " diffie-hellman-group-exchange-sha256,diffie-hellman-group-exchange-sha1");

    Heard.Word refusal =
        refusal(host(server, Map.of("identityFile", server.identity().toString())));

    assertThat(refusal.text()).contains("KeyExchangeAlgorithms");
  }

  @Test
  void a_host_that_is_known_by_a_key_of_another_kind_is_not_taken_for_new() throws IOException {
    OpenSshServer server = server();
    String ecdsa = Files.readString(Path.of(key("ecdsa") + ".pub"));
    Files.writeString(
        directory.resolve("known_hosts"), "[127.0.0.1]:" + server.port() + " " + ecdsa);

    Heard.Word refusal =
        refusal(
            host(
                server,
                Map.of(
                    "identityFile",
                    server.identity().toString(),
                    "hostKeyChecking",
                    "accept-new")));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text()).contains("another type of key");
  }

  @Test
  void hosts_are_known_by_hashed_names() throws IOException {
    OpenSshServer server = server();
    run(Map.of(), "ssh-keygen", "-H", "-f", at("known_hosts"));
    assertThat(directory.resolve("known_hosts")).content().startsWith("|1|");

    assertReached(host(server, Map.of("identityFile", server.identity().toString())));
  }

  @Test
  void a_key_that_was_replaced_is_told_with_both_and_the_way_out() throws IOException {
    OpenSshServer server = server();
    Path other = key("ed25519");
    String name = "[127.0.0.1]:" + server.port();
    Host host = known(server, "# ours\n" + name + " " + Files.readString(Path.of(other + ".pub")));

    Heard.Word refusal = refusal(host);

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    String old = run(Map.of(), "ssh-keygen", "-lf", other + ".pub").split(" ", -1)[1];
    String now = run(Map.of(), "ssh-keygen", "-lf", at("server/host.pub")).split(" ", -1)[1];
    assertThat(refusal.text())
        .contains(now + " instead of " + old + " at " + at("known_hosts") + ":2")
        .contains("ssh-keygen -R '" + name + "' -f " + at("known_hosts"));
  }
}
