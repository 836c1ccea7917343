package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Files on this side that are gone when they are to be sent: that is no fault of a connection. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GoneFilesTest extends LocalHost {

  private Path work = Path.of("");

  @BeforeEach
  void makeTransport() throws IOException {
    work = Files.createDirectories(directory.resolve("work"));
    transport.close();
    transport =
        SshTransport.with(
            SshOptions.DEFAULTS.withWorkDirectory(work),
            (to, settings, request) -> {
              LocalLink link =
                  LocalLink.start(
                      inside, shell, directory.resolve("programs"), request, environment);
              links.add(link);
              return link;
            });
    setHost(Map.of());
  }

  private Bundle bundle(String name) throws IOException {
    Revisions revision =
        revision(name).file("appspec.yml", "version: 0.0\nos: linux\n").file("noise", "");
    byte[] noise = new byte[400_000];
    new Random(1).nextBytes(noise);
    Files.write(directory.resolve("revision-" + name + "/noise"), noise);
    return revision.file("name", name).pack(BundleType.TGZ);
  }

  @Test
  void a_bundle_that_is_gone_fails_its_event() throws IOException {
    Bundle bundle = bundle("1");
    var deployment = Rollouts.work("d-AAAAAAAA1", bundle);
    rollouts.run(deployment, 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);
    Files.delete(bundle.file());

    Map<LifecycleEvent, Diagnostics> ends =
        rollouts.run(deployment, 1, List.of(LifecycleEvent.DOWNLOAD_BUNDLE), heard);

    assertThat(last(ends).isSuccess()).isFalse();
    assertThat(last(ends).message()).contains(bundle.file() + " cannot be read to be sent");
    assertThat(links).hasSize(1);
  }

  @Test
  void a_bundle_that_has_become_shorter_fails_its_event() throws IOException {
    Bundle bundle = bundle("1");
    var deployment = Rollouts.work("d-AAAAAAAA1", bundle);
    rollouts.run(deployment, 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);
    Files.write(bundle.file(), new byte[100]);

    Map<LifecycleEvent, Diagnostics> ends =
        rollouts.run(deployment, 1, List.of(LifecycleEvent.DOWNLOAD_BUNDLE), heard);

    assertThat(last(ends).isSuccess()).isFalse();
    assertThat(last(ends).message()).contains("cannot be read while it is sent", "shorter");
  }

  @Test
  void without_room_for_pieces_the_whole_bundle_is_sent() throws IOException {
    deploy("d-AAAAAAAA1", bundle("1"));
    Bundle second = bundle("2");
    Files.delete(work);

    Map<LifecycleEvent, Diagnostics> ends = deploy("d-AAAAAAAA2", second);

    assertThat(last(ends).isSuccess()).as(() -> last(ends).message()).isTrue();
    assertThat(links.get(1).sent()).isGreaterThan(second.size());
  }

  @Test
  void pieces_that_were_cleaned_up_are_made_again() throws IOException {
    SentBundle sent = SentBundle.of(bundle("1"), work, new TreeSet<>(List.of("appspec.yml")));
    TarMap map = Objects.requireNonNull(sent.deltas().map());
    Set<String> held = map.files().stream().map(TarMap.Part::sha256).collect(Collectors.toSet());
    Path pieces = sent.deltas().to(held).orElseThrow().pieces();
    Files.delete(pieces);

    assertThat(sent.deltas().to(held).orElseThrow().pieces()).exists();
  }

  @Test
  void a_name_with_a_carriage_return_is_held_under_its_whole_name() {
    String digest = "a".repeat(64);

    assertThat(Delta.held("/root/d-1", digest + " one\rtwo\n"))
        .containsOnly(Map.entry(digest, "/root/d-1/deployment-archive/one\rtwo"));
  }
}
