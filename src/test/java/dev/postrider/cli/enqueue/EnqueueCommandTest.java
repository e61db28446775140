package dev.postrider.cli.enqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.cli.Exit;
import dev.postrider.cli.Shell;
import dev.postrider.support.redis.RedisFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Bringing mail from options, files and standard input. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnqueueCommandTest {

  private static final String READY = "mail:{default}:ready";
  private static final String GOOD =
      "{\"from\":\"hi@acme.test\",\"to\":\"ana@example.test\",\"text\":\"Hello\"%s}";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  @TempDir private Path directory;

  private final Shell shell = Shell.at(redis.url());

  @Test
  void refuses_a_route_that_is_not_configured_as_the_HTTP_API_does() {
    shell.typing(GOOD.formatted(",\"route\":\"nope\""));
    Shell.Ended ended = shell.run("enqueue");
    assertEquals(Exit.FAILED, ended.status());
    assertTrue(
        ended.err().startsWith("postrider: the mail at /route: there is no such route"),
        ended.err());
    assertEquals(0, redis.number("DBSIZE"));
  }

  @Test
  void takes_a_route_that_is_configured() {
    shell.with("quarkus.mailer.bulk.host", "127.0.0.1");
    shell.typing(GOOD.formatted(",\"route\":\"bulk\""));
    Shell.Ended ended = shell.run("enqueue");
    assertEquals(Exit.DONE, ended.status(), ended.err());
    assertEquals(1, redis.number("XLEN", READY));
  }

  @Test
  void takes_a_mail_from_options() {
    Shell.Ended ended =
        shell.run(
            "enqueue",
            "--from",
            "Acme <hi@acme.test>",
            "--to",
            "ana@example.test",
            "--to",
            "ben@example.test",
            "--subject",
            "Hi",
            "--text",
            "Hello",
            "--only-if",
            "offer:1=2");
    assertEquals(Exit.DONE, ended.status(), ended.err());
    assertTrue(ended.out().endsWith(" was added to default\n"), ended.out());
    assertEquals(
        List.of(
            "mail",
            "{\"from\":\"Acme <hi@acme.test>\",\"to\":[\"ana@example.test\",\"ben@example.test\"],"
                + "\"subject\":\"Hi\",\"text\":\"Hello\",\"only_if\":{\"offer:1\":2}}"),
        fields().subList(0, 2));
  }

  @Test
  void takes_a_mail_from_a_file_as_it_stands() throws IOException {
    String json =
        "{\n  \"from\": \"hi@acme.test\",\n  \"to\": \"a@b.test\",\n \"text\": \"ü\"\n}\n";
    Path file = Files.writeString(directory.resolve("mail.json"), json);
    assertEquals(Exit.DONE, shell.run("enqueue", file.toString()).status());
    assertEquals(json, fields().get(1));
  }

  @Test
  void takes_one_mail_with_each_line_of_standard_input() {
    String lines = GOOD.formatted("") + "\r\n\n" + GOOD.formatted("") + "\n";
    Shell.Ended ended = shell.typing(lines.repeat(150)).run("enqueue", "-o", "json", "-");
    assertEquals(Exit.DONE, ended.status(), ended.err());
    assertEquals(
        "{\"queue\":\"default\",\"read\":300,\"accepted\":300,\"known\":0,\"refused\":0,\"full\":0}\n",
        ended.out());
    assertEquals(300, redis.number("XLEN", READY));
  }

  @Test
  void writes_nothing_if_one_of_many_breaks_a_rule() {
    String lines = GOOD.formatted("") + "\n" + GOOD.formatted(",\"colour\":\"red\"") + "\n";
    Shell.Ended ended = shell.typing(lines).run("enqueue");
    assertEquals(Exit.FAILED, ended.status());
    assertEquals("", ended.out());
    assertTrue(ended.err().startsWith("postrider: mail 2 at /colour: "), ended.err());
    assertEquals(0, redis.number("EXISTS", READY));
  }

  @Test
  void brings_the_valid_ones_if_told_so() {
    String lines = GOOD.formatted("") + "\n" + GOOD.formatted(",\"colour\":\"red\"") + "\n";
    Shell.Ended ended = shell.typing(lines).run("enqueue", "--skip-invalid");
    assertEquals(Exit.FAILED, ended.status());
    assertEquals(
        "2 mails: 1 added to default, 0 added before, 1 invalid, 0 over the limit of the queue\n",
        ended.out());
    assertEquals(1, redis.number("XLEN", READY));
  }

  @Test
  void only_checks_if_told_so() {
    assertEquals("valid: 1\n", shell.typing(GOOD.formatted("")).run("enqueue", "--dry-run").out());
    assertEquals(0, redis.number("DBSIZE"));
  }

  @Test
  void says_when_a_mail_was_there_already() {
    shell.typing(GOOD.formatted(",\"idempotency_key\":\"k\",\"id\":\"first\""));
    assertEquals("first was added to default\n", shell.run("enqueue").out());
    assertEquals("first was added before\n", shell.run("enqueue").out());
    assertEquals(1, redis.number("XLEN", READY));
  }

  @Test
  void stops_when_the_queue_is_full() {
    shell.with("postrider.limits.backlog", "1").typing((GOOD.formatted("") + "\n").repeat(3));
    Shell.Ended ended = shell.run("enqueue");
    assertEquals(Exit.FAILED, ended.status());
    assertTrue(ended.err().contains("postrider.limits.backlog"), ended.err());
    assertEquals(1, redis.number("XLEN", READY));
  }

  @Test
  void misses_a_mail() {
    assertEquals(Exit.WRONG_USAGE, shell.run("enqueue").status());
    Shell.Ended ended = shell.run("enqueue", "nowhere.json");
    assertEquals(Exit.FAILED, ended.status());
    assertEquals("postrider: There is no file nowhere.json.\n", ended.err());
  }

  private static List<?> fields() {
    List<?> entries = (List<?>) redis.command("XRANGE", READY, "-", "+");
    assertEquals(1, entries.size());
    return (List<?>) ((List<?>) entries.get(0)).get(1);
  }
}
