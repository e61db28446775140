package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.cli.demo.DemoPlan;
import dev.postrider.cli.demo.DemoReport;
import dev.postrider.cli.demo.DemoRound;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How results are printed: tables, numbers, JSON, progress. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FormTest {

  @Test
  void a_table_sets_numbers_right_and_words_left() {
    Table table =
        new Table("NAME", "COUNT", "SHARE").row("a", 1_234_567, 0.5).row("bcdef", 2, 12.25);
    assertEquals(
        List.of("NAME       COUNT  SHARE", "a      1,234,567    0.5", "bcdef          2   12.3"),
        table.lines());
  }

  @Test
  void an_empty_table_has_its_head() {
    assertEquals(List.of("NAME  COUNT"), new Table("NAME", "COUNT").lines());
  }

  @Test
  void a_length_of_time_has_two_units_at_most() {
    assertEquals("250ms", NumberFormat.of(Duration.ofMillis(250)));
    assertEquals("12m 5s", NumberFormat.of(Duration.ofSeconds(725)));
    assertEquals("3d 4h", NumberFormat.of(Duration.ofHours(76)));
    assertEquals("2h", NumberFormat.of(Duration.ofHours(2)));
  }

  @Test
  void json_keeps_its_order_and_leaves_out_what_is_not_there() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("b", "line\nbreak");
    json.put("a", null);
    json.put("list", Arrays.asList(1, 2.5, true));
    assertEquals("{\"b\":\"line\\nbreak\",\"list\":[1,2.5,true]}", JsonText.of(json));
  }

  @Test
  void progress_is_one_line_that_is_written_over() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProgressBar bar = new ProgressBar(terminal(err, true), "send", 4_000);
    bar.show(1_000);
    bar.end();
    String shown = err.toString(StandardCharsets.UTF_8);
    assertTrue(shown.startsWith("\r\u001b[Ksend      [#######-----"), shown);
    assertTrue(shown.endsWith("\r\u001b[K"), shown);
    assertEquals(1, shown.lines().filter(line -> line.contains("1,000 of 4,000")).count());
  }

  @Test
  void shows_no_progress_without_a_terminal() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProgressBar bar = new ProgressBar(terminal(err, false), "send", 4_000);
    bar.show(1_000);
    bar.end();
    assertEquals(0, err.size());
  }

  @Test
  void the_median_is_that_of_the_rounds() {
    DemoPlan plan = new DemoPlan(100, 10, 4, Duration.ZERO);
    DemoReport report = new DemoReport(plan, List.of(round(1_000), round(4_000), round(2_000)));
    assertEquals(
        "median    100      100      0      2.0       50        100.0",
        report.table().lines().get(4));
    assertEquals(50L, report.json().get("mails_per_second"));
    assertEquals(true, report.json().get("exact"));
  }

  private static DemoRound round(int millis) {
    return new DemoRound(100, 100, 0, Duration.ofMillis(millis), Duration.ofMillis(10));
  }

  private static Terminal terminal(ByteArrayOutputStream err, boolean live) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Terminal(InputStream.nullInputStream(), stream, stream, live, false);
  }
}
