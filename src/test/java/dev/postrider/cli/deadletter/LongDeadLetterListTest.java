package dev.postrider.cli.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.cli.Exit;
import dev.postrider.cli.Shell;
import dev.postrider.support.redis.RedisFixture;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand dead letters in a real Redis, listed by a process with a small heap. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LongDeadLetterListTest {

  private static final int MAILS = 100_000;

  /** Enough where memory shows nothing that a hundred thousand would not show. */
  private static final int FEWER = 30_000;

  private static final String FILL =
      """
      for i = 1, ARGV[1] do
        redis.call('XADD', KEYS[1], i .. '-0', 'id', 'mail-' .. i, 'at', i, 'reason', 'refused',
            'detail', string.rep('no luck ', 40), 'mail', '{}')
      end
      """;

  private static final Pattern CALLS = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  @TempDir Path directory;

  @Test
  void prints_a_table_of_all_with_a_heap_of_48_MiB() throws Exception {
    fill(MAILS);
    Path out = run("dead", "--limit", "0");
    try (Stream<String> lines = Files.lines(out)) {
      assertEquals(MAILS + 1L, lines.filter(line -> line.matches("(TIME|19|20).*")).count());
    }
  }

  @Test
  void prints_one_JSON_document_of_all_with_a_heap_of_48_MiB() throws Exception {
    fill(FEWER);
    Path out = run("dead", "--limit", "0", "-o", "json");
    int mails = 0;
    String last = "";
    try (JsonParser json = new JsonFactory().createParser(out.toFile())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        boolean isId = token == JsonToken.FIELD_NAME && json.currentName().equals("id");
        mails += isId ? 1 : 0;
        last = token == JsonToken.FIELD_NAME ? json.currentName() : last;
      }
    }
    assertEquals(FEWER, mails);
    assertEquals("more", last);
  }

  @Test
  void reads_each_page_once() {
    long few = callsToList(FEWER / 10);
    long many = callsToList(FEWER);
    assertTrue(many <= 11 * few, many + " calls for ten times as many mails as " + few);
  }

  private static long callsToList(int mails) {
    redis.command("FLUSHALL");
    fill(mails);
    redis.command("CONFIG", "RESETSTAT");
    Shell.Ended ended = Shell.at(redis.url()).run("dead", "--limit", "0");
    assertEquals(Exit.DONE, ended.status(), ended.err());
    assertEquals(mails + 1, ended.lines().size());
    Matcher calls = CALLS.matcher(redis.command("INFO", "commandstats").toString());
    assertTrue(calls.find(), "the list is read by a script");
    return Long.parseLong(calls.group(1));
  }

  private static void fill(int mails) {
    redis.command("EVAL", FILL, "1", "mail:{default}:dead", mails);
  }

  private Path run(String... arguments) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        Stream.concat(
                Stream.of(
                    java.toString(),
                    "-Xmx48m",
                    "-cp",
                    System.getProperty(
                        "surefire.real.class.path", System.getProperty("java.class.path")),
                    "dev.postrider.Postrider"),
                Stream.of(arguments))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.directory(new File("").getAbsoluteFile());
    builder.environment().put("QUARKUS_REDIS_HOSTS", redis.url());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the command ends");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(Exit.DONE, process.exitValue(), Files.readString(err));
    return out;
  }
}
