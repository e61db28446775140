package dev.postrider.queue.enqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisFixture;
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
class EnqueueBatcherTest {

  private static final String READY = "mail:{q}:ready";
  private static final int CALLERS = 1_000;

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  @Test
  void puts_mails_of_one_moment_into_their_queue_in_order_with_few_calls() {
    EnqueueBatcher enqueueBatcher = batcher(0);
    long before = calls();
    List<EnqueueResult> answers = enqueueAll(enqueueBatcher, CALLERS);
    List<?> entries = (List<?>) redis.command("XRANGE", READY, "-", "+");
    assertEquals(CALLERS, entries.size());
    for (int i = 0; i < CALLERS; i++) {
      List<?> entry = (List<?>) entries.get(i);
      assertEquals(
          new EnqueueResult(EnqueueResult.Answer.ACCEPTED, (String) entry.get(0)), answers.get(i));
      assertEquals("mail " + i, ((List<?>) entry.get(1)).get(1));
    }
    assertTrue(calls() - before <= CALLERS / 10, calls() - before + " calls");
  }

  @Test
  void tells_each_caller_what_became_of_its_own_mail() {
    List<EnqueueResult> answers = enqueueAll(batcher(CALLERS / 2), CALLERS);
    for (int i = 0; i < CALLERS; i++) {
      boolean room = i < CALLERS / 2;
      assertEquals(
          room ? EnqueueResult.Answer.ACCEPTED : EnqueueResult.Answer.FULL,
          answers.get(i).answer());
    }
  }

  @Test
  void fails_all_of_a_queue_that_redis_refuses_and_none_of_another() {
    redis.command("SET", "mail:{faulty}:ready", "something else");
    EnqueueBatcher enqueueBatcher = batcher(0);
    assertThrows(
        RuntimeException.class,
        () ->
            redis.await(
                () ->
                    Uni.join()
                        .all(enqueued(enqueueBatcher, "faulty", CALLERS))
                        .andCollectFailures()));
    assertEquals(CALLERS, enqueueAll(enqueueBatcher, CALLERS).size());
    redis.command("DEL", "mail:{faulty}:ready");
    EnqueueResult after = redis.await(() -> enqueueBatcher.enqueue("faulty", mail(0)));
    assertEquals(EnqueueResult.Answer.ACCEPTED, after.answer());
  }

  private static EnqueueBatcher batcher(long backlog) {
    Enqueuer.Bounds bounds = new Enqueuer.Bounds(backlog, Duration.ofHours(1), 1_000);
    return new EnqueueBatcher(redis.link(), new Enqueuer(redis.link(), "mail", bounds));
  }

  private static List<EnqueueResult> enqueueAll(EnqueueBatcher enqueueBatcher, int mails) {
    return redis.await(() -> Uni.join().all(enqueued(enqueueBatcher, "q", mails)).andFailFast());
  }

  private static List<Uni<EnqueueResult>> enqueued(
      EnqueueBatcher enqueueBatcher, String queue, int mails) {
    return IntStream.range(0, mails)
        .mapToObj(number -> enqueueBatcher.enqueue(queue, mail(number)))
        .toList();
  }

  private static EnqueueRequest mail(int number) {
    byte[] json = ("mail " + number).getBytes(StandardCharsets.UTF_8);
    return new EnqueueRequest(json, Optional.empty(), Optional.empty(), Optional.empty());
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
