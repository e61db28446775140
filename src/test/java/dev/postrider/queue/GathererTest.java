package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.RedisBench;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mails that come one by one, on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GathererTest {

  private static final String READY = "mail:{q}:ready";
  private static final int CROWD = 1_000;

  @RegisterExtension static final RedisBench redis = new RedisBench();

  @Test
  void puts_mails_of_one_moment_into_their_queue_in_order_with_few_calls() {
    Gatherer gatherer = gatherer(0);
    long before = calls();
    List<Acceptance> answers = bring(gatherer, CROWD);
    List<?> entries = (List<?>) redis.command("XRANGE", READY, "-", "+");
    assertEquals(CROWD, entries.size());
    for (int i = 0; i < CROWD; i++) {
      List<?> entry = (List<?>) entries.get(i);
      assertEquals(
          new Acceptance(Acceptance.Answer.ACCEPTED, (String) entry.get(0)), answers.get(i));
      assertEquals("mail " + i, ((List<?>) entry.get(1)).get(1));
    }
    assertTrue(calls() - before <= CROWD / 10, calls() - before + " calls");
  }

  @Test
  void tells_each_caller_what_became_of_its_own_mail() {
    List<Acceptance> answers = bring(gatherer(CROWD / 2), CROWD);
    for (int i = 0; i < CROWD; i++) {
      boolean room = i < CROWD / 2;
      assertEquals(
          room ? Acceptance.Answer.ACCEPTED : Acceptance.Answer.FULL, answers.get(i).answer());
    }
  }

  @Test
  void fails_all_of_a_queue_that_redis_refuses_and_none_of_another() {
    redis.command("SET", "mail:{sick}:ready", "something else");
    Gatherer gatherer = gatherer(0);
    assertThrows(
        RuntimeException.class,
        () ->
            redis.await(
                () -> Uni.join().all(brought(gatherer, "sick", CROWD)).andCollectFailures()));
    assertEquals(CROWD, bring(gatherer, CROWD).size());
    redis.command("DEL", "mail:{sick}:ready");
    Acceptance after = redis.await(() -> gatherer.enqueue("sick", mail(0)));
    assertEquals(Acceptance.Answer.ACCEPTED, after.answer());
  }

  private static Gatherer gatherer(long backlog) {
    Enqueuer.Bounds bounds = new Enqueuer.Bounds(backlog, Duration.ofHours(1), 1_000);
    return new Gatherer(redis.link(), new Enqueuer(redis.link(), "mail", bounds));
  }

  private static List<Acceptance> bring(Gatherer gatherer, int mails) {
    return redis.await(() -> Uni.join().all(brought(gatherer, "q", mails)).andFailFast());
  }

  private static List<Uni<Acceptance>> brought(Gatherer gatherer, String queue, int mails) {
    return IntStream.range(0, mails)
        .mapToObj(number -> gatherer.enqueue(queue, mail(number)))
        .toList();
  }

  private static Submission mail(int number) {
    byte[] json = ("mail " + number).getBytes(StandardCharsets.UTF_8);
    return new Submission(json, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Scripts run so far. */
  private static long calls() {
    String stats = (String) redis.command("INFO", "commandstats");
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*calls=(\\d+).*", "$1")))
        .sum();
  }
}
