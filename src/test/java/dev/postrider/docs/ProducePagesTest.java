package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the producers of the how-to pages as they are written there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class ProducePagesTest {

  private static final Duration QUICK = Duration.ofSeconds(60);

  private static final Map<Interpreter, String> PAGES =
      Map.of(
          Interpreter.SH, "shell",
          Interpreter.RUBY, "ruby",
          Interpreter.PYTHON, "python",
          Interpreter.JS, "node",
          Interpreter.GO, "go",
          Interpreter.PHP, "php",
          Interpreter.JAVA, "java");

  private static final String MAIL =
      "{\"from\":\"hi@acme.test\",\"to\":\"ana@example.test\",\"text\":\"From the outbox.\"}";

  private static RedisProcess redis;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void forget() {
    redis.flush();
  }

  @ParameterizedTest
  @EnumSource
  void each_language_sends_now_later_once_and_on_a_condition(Interpreter interpreter)
      throws Exception {
    if (interpreter == Interpreter.SH) {
      Program.needed("redis-cli", directory);
    }
    Page page = Page.of("how-to/produce/" + PAGES.get(interpreter) + ".md");
    interpreter.run(page.blocks(interpreter.language()).get(0), directory, redis.url());

    List<Mail> mails = written().mails();
    assertEquals(
        List.of("Now.", "Later.", "Once.", "If it still holds."),
        mails.stream().map(mail -> mail.body().text().orElseThrow()).toList());
    assertEquals(Optional.empty(), mails.get(0).terms().scheduledAt());
    Instant later = mails.get(1).terms().scheduledAt().orElseThrow();
    assertTrue(later.isAfter(Instant.now().plusSeconds(1800)), "about an hour from now: " + later);
    assertEquals(Optional.of("welcome/42"), mails.get(2).terms().idempotencyKey());
    assertEquals(Map.of("offer:123", 1L), mails.get(3).terms().onlyIf());
    try (RedisClient client = redis.client()) {
      assertEquals("1", client.command("HGET", "mail:guards", "offer:123"));
    }
  }

  @Test
  void the_outbox_carries_each_row_over_and_names_it_so_that_twice_is_once() throws Exception {
    Page page = Page.of("how-to/produce/outbox.md");
    sql(page.blocks("sql").get(0));
    sql("INSERT INTO outbox (mail) VALUES ('" + MAIL + "'), ('" + MAIL + "')");
    String relay = page.blocks("python").get(0);
    String withDatabase =
        "import os\nos.environ['DATABASE'] = '" + directory.resolve("app.db") + "'\n" + relay;

    Interpreter.PYTHON.run(withDatabase, directory, redis.url());
    Interpreter.PYTHON.run(withDatabase, directory, redis.url());
    assertEquals(List.of("outbox/1", "outbox/2"), keys(), "done rows are left alone");

    sql("UPDATE outbox SET done = 0 WHERE id = 1");
    Interpreter.PYTHON.run(withDatabase, directory, redis.url());
    assertEquals(List.of("outbox/1", "outbox/2", "outbox/1"), keys(), "the row's own key");
  }

  private void sql(String statements) {
    Program.needed("python3", directory)
        .run(
            QUICK,
            "-c",
            "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])",
            directory.resolve("app.db").toString(),
            statements);
  }

  private static List<String> keys() throws InvalidMail {
    return written().mails().stream()
        .map(mail -> mail.terms().idempotencyKey().orElseThrow())
        .toList();
  }

  private static WrittenMails written() {
    return new WrittenMails(redis);
  }
}
