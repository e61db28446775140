package dev.postrider.worker.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.worker.admission.SlotShares.Room;
import dev.postrider.worker.admission.SlotShares.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the slots of an engine are shared, at each bound. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlotSharesTest {

  private static final int SLOTS = 64;

  private long now = -Duration.ofHours(1).toNanos(); // The clock may be negative.

  @Test
  void one_route_may_have_all() {
    Share only = shares(SLOTS, 1).of("r0");
    for (int n = 0; n < 10 * SLOTS; n++) {
      assertEquals(Room.FREE, only.room());
      only.take();
    }
    assertEquals(0, only.excess());
  }

  /** The base share: an even part of half of the slots, at least one. */
  @ParameterizedTest
  @CsvSource({
    "64,2,16", "64,3,10", "64,9,3", "32,2,8", "16,9,1", "8,2,2", "4,2,1", "2,2,1", "1,2,1"
  })
  void a_route_without_progress_holds_its_base_share_and_no_more(int slots, int routes, int base) {
    Share silent = shares(slots, routes).of("r0");
    fill(silent);
    pass(SlotShares.BEGIN_NANOS);
    assertEquals(base, silent.taken());
    assertEquals(Room.NONE, silent.room());
  }

  @ParameterizedTest
  @CsvSource({"64,2", "64,3", "64,9", "32,9", "18,9", "4,2"})
  void routes_without_progress_hold_at_most_half_of_the_slots_together(int slots, int routes) {
    SlotShares shares = shares(slots, routes);
    int held = 0;
    for (int route = 1; route < routes; route++) {
      fill(shares.of("r" + route));
      held += shares.of("r" + route).taken();
    }
    assertTrue(held <= slots / 2, held + " of " + slots);
    assertEquals(Room.FREE, shares.of("r0").room());
  }

  @Test
  void a_route_that_has_just_begun_is_given_a_moment_before_its_mail_is_parked() {
    Share begins = shares(SLOTS, 2).of("r0");
    fill(begins);
    assertEquals(Room.SOON, begins.room());
    pass(SlotShares.BEGIN_NANOS - 1);
    assertEquals(Room.SOON, begins.room());
    pass(1);
    assertEquals(Room.NONE, begins.room());
  }

  @Test
  void a_route_may_hold_as_many_slots_as_it_has_finished_mails_in_two_seconds() {
    Share share = shares(SLOTS, 2).of("r0");
    fill(share);
    for (int n = 0; n < 20; n++) {
      share.release(true);
      share.take();
    }
    fill(share);
    assertEquals(20, share.taken());
    pass(Progress.STEP_NANOS * (Progress.STEPS - 1));
    assertEquals(0, share.excess());
    pass(Progress.STEP_NANOS);
    assertEquals(4, share.excess(), "20 less the base share");
    assertEquals(Room.NONE, share.room());
  }

  @Test
  void refusals_of_the_route_and_losses_are_no_progress() {
    Share share = shares(SLOTS, 2).of("r0");
    for (int n = 0; n < 100; n++) {
      share.take();
      share.release(false);
    }
    fill(share);
    assertEquals(16, share.taken());
  }

  @Test
  void the_fastest_route_leaves_the_last_eighth_to_others() {
    SlotShares shares = shares(SLOTS, 2);
    Share fast = shares.of("r0");
    finish(fast, 10_000);
    fill(fast);
    assertEquals(SLOTS - SLOTS / 8, fast.taken());
    Share other = shares.of("r1");
    for (int n = 0; n < SLOTS / 8; n++) {
      assertEquals(Room.FREE, other.room());
      other.take();
    }
  }

  /** Its mail waits in place and is not moved to Redis and back. */
  @Test
  void a_route_is_fast_from_four_mails_per_slot_in_half_a_second_on() {
    Share share = shares(SLOTS, 2).of("r0");
    finish(share, SlotShares.FAST * SLOTS - 1);
    fill(share);
    pass(SlotShares.BEGIN_NANOS);
    assertEquals(Room.NONE, share.room());
    share.release(true);
    share.take();
    assertEquals(Room.SOON, share.room());
    pass(2 * Progress.STEP_NANOS);
    assertEquals(Room.NONE, share.room());
  }

  @Test
  void a_fast_route_that_falls_silent_gives_back_all_but_its_base_share() {
    Share share = shares(SLOTS, 2).of("r0");
    finish(share, 10_000);
    fill(share);
    assertEquals(0, share.excess());
    pass(Duration.ofSeconds(2).toNanos());
    assertEquals(SLOTS - SLOTS / 8 - 16, share.excess());
  }

  @Test
  void progress_is_forgotten_step_by_step() {
    Progress progress = new Progress();
    List<Integer> recent = new ArrayList<>();
    for (int step = 0; step < Progress.STEPS; step++) {
      progress.ended(now);
      pass(Progress.STEP_NANOS);
    }
    for (int step = 0; step < Progress.STEPS; step++) {
      recent.add(progress.recent(now));
      pass(Progress.STEP_NANOS);
    }
    assertEquals(List.of(7, 6, 5, 4, 3, 2, 1, 0), recent);
    progress.ended(now);
    pass(Duration.ofDays(1).toNanos());
    assertEquals(0, progress.recent(now));
    assertEquals(0, progress.latest(now));
  }

  private SlotShares shares(int slots, int routes) {
    List<String> names = IntStream.range(0, routes).mapToObj(route -> "r" + route).toList();
    return new SlotShares(slots, names, () -> now);
  }

  private static void finish(Share share, int mails) {
    for (int n = 0; n < mails; n++) {
      share.take();
      share.release(true);
    }
  }

  private static void fill(Share share) {
    while (share.room() == Room.FREE) {
      share.take();
    }
  }

  private void pass(long nanos) {
    now += nanos;
  }
}
