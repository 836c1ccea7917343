package dev.slipway.provider.onprem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OnPremInventoryTest {

  @TempDir private Path directory;

  @Test
  void a_plain_name_is_a_host_at_that_address() {
    List<Host> hosts = hosts("hosts: [web-1]");

    assertThat(hosts).singleElement().extracting(Host::address).isEqualTo("web-1");
    assertThat(hosts.get(0).tags()).containsExactly(Map.entry("name", "web-1"));
    assertThat(hosts.get(0).settings()).isEmpty();
  }

  @Test
  void a_host_wins_over_its_group_and_that_over_the_defaults() {
    List<Host> hosts =
        hosts(
            """
            defaults: {user: all, port: 22, zone: x, tags: {env: prod, role: none}}
            groups:
              web:
                user: group
                tags: {role: web}
                hosts:
                  - {name: web-1, port: 2222, tags: {color: blue}}
                  - web-2
            hosts: [other]
            """);

    Host first = hosts.get(0);
    assertThat(first.settings()).isEqualTo(Map.of("user", "group", "port", "2222"));
    assertThat(first.tags())
        .isEqualTo(Map.of("name", "web-1", "env", "prod", "role", "web", "color", "blue"));
    assertThat(hosts.get(1).settings()).isEqualTo(Map.of("user", "group", "port", "22"));
    assertThat(hosts.get(2).tags()).containsEntry("role", "none");
    assertThat(hosts).extracting(Host::zone).containsOnly("x");
  }

  @Test
  void a_range_is_many_hosts_whose_other_ranges_count_along() {
    List<Host> hosts =
        hosts(
            """
            hosts:
              - name: web-[008-011]
                address: 10.0.0.[1-4]
                port: "[2201-2204]"
                zone: [a, b, c]
                hostRoot: /srv/{name}
            """);

    assertThat(hosts)
        .extracting(host -> host.id().value())
        .containsExactly("web-008", "web-009", "web-010", "web-011");
    assertThat(hosts).extracting(Host::zone).containsExactly("a", "b", "c", "a");
    assertThat(hosts.get(3).address()).isEqualTo("10.0.0.4");
    assertThat(hosts.get(3).settings())
        .isEqualTo(Map.of("port", "2204", "hostRoot", "/srv/web-011"));
  }

  @Test
  void a_thousand_hosts_are_three_lines() {
    assertThat(hosts("hosts:\n  - name: web-[0001-1000]\n")).hasSize(1000);
  }

  @Test
  void paths_start_at_the_directory_of_the_file_and_secrets_stay_references() {
    Host host =
        hosts(
                """
                hosts:
                  - name: a
                    identityFile: keys/id
                    knownHosts: [/etc/known_hosts, known]
                    hostKeyChecking: accept-new
                    adopt: false
                    passphrase: {env: KEY_PHRASE}
                    sudo: true
                  - {name: b, identityFile: ~/.ssh/id, passphrase: {file: phrase.txt}}
                """)
            .get(0);

    assertThat(host.settings())
        .containsEntry("identityFile", directory.resolve("keys/id").toString())
        .containsEntry("knownHosts", "/etc/known_hosts," + directory.resolve("known"))
        .containsEntry("hostKeyChecking", "accept-new")
        .containsEntry("adopt", "false")
        .containsEntry("passphrase", "env:KEY_PHRASE")
        .containsEntry("sudo", "true");
  }

  @Test
  void texts_stay_as_they_are_written() {
    Host host = hosts("hosts: [{name: a, tags: {version: 1.10, on: yes, empty: ''}}]").get(0);

    assertThat(host.tags())
        .containsEntry("version", "1.10")
        .containsEntry("on", "yes")
        .containsEntry("empty", "");
  }

  @Test
  void a_snapshot_has_the_selected_hosts_in_the_order_of_the_file() {
    OnPremInventory inventory =
        OnPremInventory.at(
            write(
                """
                hosts:
                  - {name: z, tags: {role: web, env: prod}}
                  - {name: a, tags: {role: web, env: test}}
                  - {name: m, tags: {role: web, env: prod}}
                """));

    assertThat(inventory.snapshot(HostSelector.none().tag("role", "web").tag("env", "prod")))
        .extracting(host -> host.id().value())
        .containsExactly("z", "m");
    assertThat(inventory.snapshot(HostSelector.anyOf(TagFilter.of("name", "a"))))
        .extracting(host -> host.id().value())
        .containsExactly("a");
  }

  @Test
  void a_snapshot_sees_what_the_file_says_now() {
    OnPremInventory inventory = OnPremInventory.at(write("hosts: [a]"));
    write("hosts: [a, b]");

    assertThat(inventory.snapshot(HostSelector.anyOf(TagFilter.keyOnly("name")))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hosts: []                               | 1:1: lists no host; add at least one
          hots: [a]                               | 1:1: hots: is no known key; did you mean "hosts"?
          hosts: [{name: a, prot: 22}]            | 1:19: hosts[0].prot: is no known key; did you mean "port"?
          hosts: [{name: a, xylophone: 22}]       | 1:19: hosts[0].xylophone: is no known key; known are name, address
          hosts: [a, b, a]                        | 1:15: hosts[2]: names the host "a", but a host in line 1 has that name
          hosts: [{address: a}]                   | 1:9: hosts[0]: has no "name"; give every host a name
          hosts: [{name: a b}]                    | 1:16: hosts[0].name: must be 1 to 100 letters, digits or
          hosts: [{name: a, port: 65536}]         | 1:25: hosts[0].port: must be a port from 1 to 65535, but is "65536"
          hosts: [{name: a, port: [22]}]          | 1:25: hosts[0].port: must be text, but is a list
          hosts: [{name: a, sudo: ja}]            | 1:25: hosts[0].sudo: must be true or false, but is "ja"
          hosts: [{name: a, sudo: }]              | hosts[0].sudo: must be true or false, but has no value
          hosts: [{name: a, tags: [b]}]           | 1:25: hosts[0].tags: must have keys of its own, but is a list
          hosts: [{name: a, passphrase: geheim}]  | 1:31: hosts[0].passphrase: must not stand in the file
          hosts: [{name: a, passphrase: {}}]      | hosts[0].passphrase: must have either "env" or "file"
          hosts: [{name: a, name: b}]             | 1:19: hosts[0].name: stands twice, first in line 1
          hosts: ["a-[1-3]", "a-[3-4]"]           | names the host "a-3"
          hosts: ["a-[3-1]"]                      | has the range "[3-1]"; count upwards
          hosts: ["a-[1-99999]"]                  | count upwards, at most 10000 hosts
          hosts: [{name: "a[1-3]", zone: "[1-2]"}]| counts 2 in "[1-2]", but its name counts 3
          hosts: [a                               | is not YAML: while parsing a flow sequence
          groups: {web: {tags: {a: b}}}           | groups.web: has no "hosts"
          [a, b]                                  | 1:1: must have keys of its own, but is a list
          `hosts: [{<<: {a: b}, name: a}]`        | merge keys are not read; use defaults or groups
          hosts: [{name: a, hostRoot: srv}]       | 1:29: hosts[0].hostRoot: must be an absolute path on the host, but is "srv"
          hosts: [{name: a, hostKeyChecking: no}] | hosts[0].hostKeyChecking: must be one of strict, accept-new, but is "no"
          hosts: [{name: a, identityFile: ~bob/k}]| must not name the home of another user
          """)
  void what_is_wrong_is_one_sentence_with_its_place(String yaml, String message) {
    Path file = write(yaml);

    assertThatThrownBy(() -> OnPremInventory.at(file))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith(file.toString() + ":")
        .hasMessageContaining(message)
        .hasMessageEndingWith(".")
        .message()
        .doesNotContain("\n", "geheim");
  }

  @Test
  void a_file_that_cannot_be_read_is_named() throws IOException {
    Path missing = directory.resolve("none.yml");
    assertThatThrownBy(() -> OnPremInventory.at(missing))
        .hasMessage(missing + ": does not exist; name a YAML file that does.");
    assertThatThrownBy(() -> OnPremInventory.at(directory)).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> OnPremInventory.at(write(""))).hasMessageContaining("is empty");

    Path binary = Files.write(directory.resolve("b.yml"), new byte[] {(byte) 0xc3, 0x28});
    assertThatThrownBy(() -> OnPremInventory.at(binary)).hasMessageContaining("is not UTF-8");
  }

  @Test
  void aliases_and_depth_are_bounded() {
    String deep = "hosts: " + "[".repeat(100) + "]".repeat(100);
    assertThatThrownBy(() -> OnPremInventory.at(write(deep)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("is not YAML");

    StringBuilder bomb = new StringBuilder("hosts:\n- &a [x]\n");
    for (char c = 'b'; c < 'z'; c++) {
      String before = "*" + (char) (c - 1) + ",";
      bomb.append("- &").append(c).append(" [").append(before.repeat(9)).append("x]\n");
    }
    assertThatThrownBy(() -> OnPremInventory.at(write(bomb.toString())))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("hosts[0]: must be text, but is a list");
  }

  @Test
  void what_only_a_transport_knows_to_be_wrong_has_its_place_where_that_host_is_meant() {
    Path file =
        write(
            """
            defaults:
              settings: {colour: red}
            hosts:
              - {name: a, port: 22, settings: {colour: blue}}
              - b
            """);
    OnPremInventory inventory = OnPremInventory.at(file);

    inventory.check(host -> true, settings -> new TreeMap<>());
    inventory.check(host -> host.id().value().equals("a"), settings -> red(settings));
    assertThatThrownBy(() -> inventory.check(host -> true, settings -> red(settings)))
        .isInstanceOf(RequestException.class)
        .hasMessage(file + ":2:22: defaults.settings.colour: must not be red.");
    assertThatThrownBy(
            () -> inventory.check(host -> true, settings -> new TreeMap<>(Map.of("port", "is 22"))))
        .hasMessage(file + ":4:21: hosts[0].port: is 22.");
  }

  private static SortedMap<String, String> red(Map<String, String> settings) {
    return "red".equals(settings.get("colour"))
        ? new TreeMap<>(Map.of("colour", "must not be red"))
        : new TreeMap<>();
  }

  private List<Host> hosts(String yaml) {
    return OnPremInventory.at(write(yaml)).hosts();
  }

  private Path write(String yaml) {
    try {
      return Files.writeString(directory.resolve("hosts.yml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
