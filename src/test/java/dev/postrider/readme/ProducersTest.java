package dev.postrider.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.support.Program;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README's producers, copied out of it and run as a reader would run them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProducersTest {

  private static final Duration QUICK = Duration.ofSeconds(30);

  private static final Map<Interpreter, String> SENDERS =
      Map.of(
          Interpreter.RUBY, "Sent by Ruby.",
          Interpreter.PYTHON, "Sent by Python.",
          Interpreter.JS, "Sent by Node.",
          Interpreter.GO, "Sent by Go.",
          Interpreter.PHP, "Sent by PHP.",
          Interpreter.JAVA, "Sent by Java.");

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

  @Test
  void a_shell_sends_a_mail() throws Exception {
    shell(0);
    assertArrived("Sent by a shell.");
  }

  @Test
  void a_mail_for_later_names_its_condition() throws Exception {
    shell(1);
    Mail mail = onlyMail();
    assertTrue(mail.terms().scheduledAt().isPresent(), "has a time");
    assertEquals(List.of("offer:123"), List.copyOf(mail.terms().onlyIf().keySet()));
  }

  @Test
  void bumping_a_guard_replies_with_its_new_version() {
    assertEquals("1", shell(2).strip());
    try (RedisClient client = redis.client()) {
      assertEquals("1", client.command("HGET", "mail:guards", "offer:123"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SH")
  void each_language_sends_a_mail(Interpreter interpreter) throws Exception {
    interpreter.run(only(interpreter.language()), directory, redis.url());
    assertArrived(SENDERS.get(interpreter));
  }

  private String shell(int block) {
    Program.needed("redis-cli", directory);
    return Program.needed("sh", directory)
        .with("REDIS_URL", redis.url())
        .run(QUICK, "-euc", Readme.blocks("sh").get(block));
  }

  private static String only(String language) {
    List<String> blocks = Readme.blocks(language);
    assertEquals(1, blocks.size(), "one example in " + language);
    return blocks.get(0);
  }

  private static void assertArrived(String text) throws InvalidMail {
    Mail mail = onlyMail();
    assertEquals("Hello", mail.subject());
    assertEquals(text, mail.body().text().orElseThrow());
    assertEquals("hi@acme.test", mail.from().address());
    assertEquals("ana@example.test", mail.to().get(0).address());
  }

  private static Mail onlyMail() throws InvalidMail {
    List<Mail> mails = new Written(redis).mails();
    assertEquals(1, mails.size(), "mails in the stream");
    return mails.get(0);
  }
}
