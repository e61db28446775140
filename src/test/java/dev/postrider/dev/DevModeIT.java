package dev.postrider.dev;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.dev.redis.RedisLockFile;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.redis.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dev mode as on a fresh machine: started by the wrapper in a copy of the sources. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class DevModeIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(180);

  /** More than twice what may be in flight: at the reload some are, and others wait. */
  private static final int MAILS = 150;

  /** The inbox takes its time with this recipient, so that there is something in flight. */
  private static final String SLOW_MAIL =
      "{\"from\":\"hi@acme.test\",\"to\":\"slow@simulator.test\",\"subject\":\"slow %d\","
          + "\"text\":\"x\"}";

  private static final Pattern COMPLAINT = Pattern.compile("\\b(WARN|WARNING|ERROR)\\b");

  @TempDir Path checkout;

  @Test
  void what_it_prints_works_and_a_live_reload_loses_no_mail() throws Exception {
    ProcessHandle redis;
    String[] programs;
    try (DevMode program = DevMode.start(checkout, TIMEOUT)) {
      redis =
          RedisLockFile.in(checkout.resolve("target/dev/redis"))
              .orElseThrow()
              .server()
              .process()
              .orElseThrow();
      assertEquals(List.of(), complaints(program.printed()), "warnings before the first mail");
      programs = program.linesToTry().stream().map(DevMode::program).toArray(String[]::new);
      if (Stream.of(programs).allMatch(name -> ForeignPrograms.find(name).isPresent())) {
        tryWhatItPrints(program);
      }
      reloadWithMailInFlight(program);
      program.stop(TIMEOUT);
    }
    assertFalse(redis.isAlive(), "Redis ends with dev mode");
    ForeignPrograms.need(programs);
  }

  private static List<String> complaints(String printed) {
    return printed.lines().filter(line -> COMPLAINT.matcher(line).find()).toList();
  }

  private static void tryWhatItPrints(DevMode program) {
    List<String> lines = program.linesToTry();
    assertEquals(4, lines.size(), program.printed());
    lines.forEach(program::paste);
    await().atMost(TIMEOUT).until(() -> program.subjects().contains("Later"));
    assertEquals(1, program.subjects().stream().filter("Hello"::equals).count());
    assertEquals("1", program.redis().command("HGET", "mail:guards", "offer:123"));
    assertTrue(program.get("/").contains("Inbox"), "the page");
  }

  private static void reloadWithMailInFlight(DevMode program) {
    try (RedisClient redis = program.redis()) {
      redis.pipeline(IntStream.range(0, MAILS).mapToObj(DevModeIT::enqueue).toList());
      await().atMost(TIMEOUT).until(() -> program.get("/api/v1/stats").contains("in_flight\":64"));
      program.edit("src/main/java/dev/postrider/mail/json/NameRule.java");
      await().atMost(TIMEOUT).until(program::reloaded);
      await()
          .atMost(TIMEOUT)
          .until(() -> redis.number("XLEN", "mail:{default}:ready"), left -> left == 0);
      assertEquals(MAILS, program.slowSubjects().distinct().count(), "each");
      assertEquals(MAILS, program.slowSubjects().count(), "each once only");
    }
  }

  private static List<String> enqueue(int number) {
    return List.of("XADD", "mail:{default}:ready", "*", "mail", SLOW_MAIL.formatted(number));
  }
}
