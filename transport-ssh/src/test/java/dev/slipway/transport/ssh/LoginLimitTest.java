package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many log in at a server at once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LoginLimitTest {

  private final LoginLimit limit = new LoginLimit();

  private List<LoginLimit.Place> full(String server) throws InterruptedIOException {
    List<LoginLimit.Place> places = new ArrayList<>();
    for (int place = 0; place < 8; place++) {
      places.add(limit.enter(server));
    }
    return places;
  }

  @Test
  void the_ninth_waits_for_one_to_leave() throws InterruptedIOException {
    List<LoginLimit.Place> places = full("web:22");
    CompletableFuture<LoginLimit.Place> ninth =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return limit.enter("web:22");
              } catch (InterruptedIOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(ninth).isNotDone();
    places.get(0).close();

    ninth.join().close();
    places.subList(1, 8).forEach(LoginLimit.Place::close);
    assertThat(limit.servers()).isZero();
  }

  @Test
  void servers_do_not_wait_for_each_other() throws InterruptedIOException {
    List<LoginLimit.Place> places = full("web:22");

    limit.enter("web:2222").close();

    places.forEach(LoginLimit.Place::close);
    assertThat(limit.servers()).isZero();
  }

  @Test
  void an_interrupt_ends_the_wait() throws InterruptedIOException {
    List<LoginLimit.Place> places = full("web:22");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> limit.enter("web:22")).isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
    places.forEach(LoginLimit.Place::close);
    assertThat(limit.servers()).isZero();
  }
}
