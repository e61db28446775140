package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Mail;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import dev.postrider.support.redis.RedisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the README to the program. {@link PagesTest} checks its links and its settings. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class ReadmeTest {

  /** A screen and a half: what a new reader reads before deciding. */
  private static final int LINES_MAX = 110;

  private static final Pattern FIGURE = Pattern.compile("\\d+,\\d{3}");

  private final Page readme = Page.read(Path.of("README.md"));

  @TempDir Path directory;

  @Test
  void is_short() {
    long lines = readme.text().lines().count();
    assertTrue(lines <= LINES_MAX, lines + " lines");
  }

  @Test
  void the_figure_of_its_first_sentences_is_on_the_performance_page() {
    String figure = FIGURE.matcher(readme.text()).results().findFirst().orElseThrow().group();
    assertTrue(Page.of("explanation/performance.md").text().contains(" " + figure + " "), figure);
  }

  @Test
  void the_gate_runs_its_test_command() throws Exception {
    assertTrue(readme.text().contains("`./mvnw -B verify`"), "names the test command");
    assertTrue(Files.readString(Path.of(".ci/run")).contains("\n./mvnw -B verify </dev/null\n"));
  }

  @Test
  void its_producer_sends_a_mail() throws Exception {
    Program.needed("redis-cli", directory);
    try (RedisProcess redis = RedisProcess.start()) {
      Interpreter.SH.run(readme.blocks("sh").get(0), directory, redis.url());
      List<Mail> mails = new WrittenMails(redis).mails();
      assertEquals(1, mails.size(), "mails in the stream");
      assertEquals("Sent by a shell.", mails.get(0).body().text().orElseThrow());
    }
  }
}
