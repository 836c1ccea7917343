package dev.slipway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeploymentWindowsTest {

  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private static DeploymentWindows windows(String from, String to, Freeze... freezes) {
    return new DeploymentWindows(
        ZoneId.of("Europe/Berlin"),
        List.of(new WeeklyWindow(WORKDAYS, LocalTime.parse(from), LocalTime.parse(to))),
        List.of(freezes),
        DeploymentWindows.Running.FINISH_WAVE);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void a_window_is_open_from_its_first_instant_to_before_its_last() {
    DeploymentWindows windows = windows("09:00", "17:00");

    assertThat(windows.isOpen(at("2026-11-25T07:59:59Z"))).isFalse();
    assertThat(windows.isOpen(at("2026-11-25T08:00:00Z"))).isTrue();
    assertThat(windows.isOpen(at("2026-11-25T15:59:59Z"))).isTrue();
    assertThat(windows.isOpen(at("2026-11-25T16:00:00Z"))).isFalse();
  }

  @Test
  void a_window_over_midnight_belongs_to_the_day_on_which_it_begins() {
    DeploymentWindows windows = windows("22:00", "04:00");

    assertThat(windows.isOpen(at("2026-11-28T01:00:00Z"))).as("Saturday, 2 h").isTrue();
    assertThat(windows.isOpen(at("2026-11-30T01:00:00Z"))).as("Monday, 2 h").isFalse();
  }

  @Test
  void the_next_change_is_found_across_a_weekend_and_a_change_of_the_clock() {
    DeploymentWindows windows = windows("09:00", "17:00");

    assertThat(windows.nextChange(at("2026-03-27T12:00:00Z"))).contains(at("2026-03-27T16:00:00Z"));
    assertThat(windows.nextChange(at("2026-03-27T16:00:00Z"))).contains(at("2026-03-30T07:00:00Z"));
  }

  @Test
  void a_freeze_closes_what_is_open_and_opens_nothing() {
    Freeze freeze = new Freeze(at("2026-11-25T12:00:00Z"), at("2026-11-26T23:00:00Z"), "sale");
    DeploymentWindows windows = windows("09:00", "17:00", freeze);

    assertThat(windows.isOpen(at("2026-11-25T12:00:00Z"))).isFalse();
    assertThat(windows.nextChange(at("2026-11-25T09:00:00Z"))).contains(freeze.from());
    assertThat(windows.nextChange(at("2026-11-25T12:00:00Z"))).contains(at("2026-11-27T08:00:00Z"));
  }

  @Test
  void without_windows_it_is_open_but_for_freezes() {
    Freeze freeze = new Freeze(at("2026-11-25T12:00:00Z"), at("2026-11-25T13:00:00Z"), "");
    DeploymentWindows windows =
        new DeploymentWindows(
            ZoneId.of("UTC"), List.of(), List.of(freeze), DeploymentWindows.Running.DRAIN);

    assertThat(windows.isOpen(at("2026-11-25T11:00:00Z"))).isTrue();
    assertThat(windows.nextChange(at("2026-11-25T12:30:00Z"))).contains(freeze.to());
    assertThat(windows.nextChange(freeze.to())).isEmpty();
  }

  @Test
  void windows_that_follow_each_other_are_one() {
    DeploymentWindows windows =
        new DeploymentWindows(
            ZoneId.of("UTC"),
            List.of(
                new WeeklyWindow(WORKDAYS, LocalTime.of(9, 0), LocalTime.of(12, 0)),
                new WeeklyWindow(WORKDAYS, LocalTime.of(12, 0), LocalTime.of(17, 0))),
            List.of(),
            DeploymentWindows.Running.FINISH_WAVE);

    assertThat(windows.nextChange(at("2026-11-25T10:00:00Z"))).contains(at("2026-11-25T17:00:00Z"));
  }
}
