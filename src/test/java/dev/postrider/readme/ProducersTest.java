package dev.postrider.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailCodec;
import dev.postrider.mail.MailLimits;
import dev.postrider.support.Program;
import dev.postrider.support.RedisClient;
import dev.postrider.support.RedisProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's producers, copied out of it and run as a reader would run them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProducersTest {

  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Go compiles its own library first. */
  private static final Duration COMPILING = Duration.ofMinutes(3);

  private static final String READY = "mail:{default}:ready";

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

  @Test
  void ruby_sends_a_mail() throws Exception {
    needed("ruby")
        .onlyIfItSucceeds("the gem redis", QUICK, "-rredis", "-e", "")
        .run(QUICK, file("ruby", "producer.rb"));
    assertArrived("Sent by Ruby.");
  }

  @Test
  void python_sends_a_mail() throws Exception {
    needed("python3")
        .onlyIfItSucceeds("the package redis", QUICK, "-c", "import redis")
        .run(QUICK, file("python", "producer.py"));
    assertArrived("Sent by Python.");
  }

  @Test
  void node_sends_a_mail() throws Exception {
    needed("node")
        .with("NODE_PATH", "/usr/share/nodejs")
        .onlyIfItSucceeds("the package redis", QUICK, "-e", "require('redis')")
        .run(QUICK, file("js", "producer.js"));
    assertArrived("Sent by Node.");
  }

  @Test
  void go_sends_a_mail() throws Exception {
    needed("go")
        .with("GO111MODULE", "off")
        .with("GOPATH", "/usr/share/gocode")
        .with("GOCACHE", directory.resolve("cache").toString())
        .onlyIfItSucceeds("redigo", QUICK, "list", "github.com/gomodule/redigo/redis")
        .run(COMPILING, "run", file("go", "producer.go"));
    assertArrived("Sent by Go.");
  }

  @Test
  void php_sends_a_mail() throws Exception {
    needed("php")
        .onlyIfItSucceeds(
            "the extension redis", QUICK, "-r", "exit((int) !extension_loaded('redis'));")
        .run(QUICK, file("php", "producer.php"));
    assertArrived("Sent by PHP.");
  }

  @Test
  void java_sends_a_mail() throws Exception {
    needed("java")
        .run(QUICK, "-cp", System.getProperty("java.class.path"), file("java", "Producer.java"));
    assertArrived("Sent by Java.");
  }

  private String shell(int block) {
    Program.needed("redis-cli", directory);
    return needed("sh").run(QUICK, "-euc", Readme.blocks("sh").get(block));
  }

  private Program needed(String name) {
    return Program.needed(name, directory).with("REDIS_URL", redis.url());
  }

  private String file(String language, String name) throws IOException {
    List<String> blocks = Readme.blocks(language);
    assertEquals(1, blocks.size(), "one example in " + language);
    return Files.writeString(directory.resolve(name), blocks.get(0)).toString();
  }

  private static void assertArrived(String text) throws InvalidMail {
    Mail mail = onlyMail();
    assertEquals("Hello", mail.subject());
    assertEquals(text, mail.body().text().orElseThrow());
    assertEquals("hi@acme.test", mail.from().address());
    assertEquals("ana@example.test", mail.to().get(0).address());
  }

  private static Mail onlyMail() throws InvalidMail {
    try (RedisClient client = redis.client()) {
      List<?> entries = (List<?>) client.command("XRANGE", READY, "-", "+");
      assertEquals(1, entries.size(), "entries in the stream");
      List<?> fields = (List<?>) ((List<?>) entries.get(0)).get(1);
      assertEquals("mail", fields.get(0));
      byte[] json = fields.get(1).toString().getBytes(StandardCharsets.UTF_8);
      return new MailCodec(MailLimits.STANDARD).decode(json);
    }
  }
}
