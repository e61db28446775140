package dev.postrider.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SkippedTestsTest {

  @TempDir Path directory;

  @Test
  void makes_one_table_of_both_runs_with_the_package_of_each_program() {
    SkippedTests unit = new SkippedTests(directory, "surefire");
    unit.add("ChartTest", 1, SkippedTests.reason("go", "golang-go"));
    unit.add("ChartTest", 1, "Assumption failed: " + SkippedTests.reason("go", "golang-go"));
    SkippedTests integration = new SkippedTests(directory, "failsafe");
    integration.add("DevModeIT", 1, SkippedTests.reason("go", "golang-go"));
    integration.add("OtherIT", 2, "this kernel's accept queue does not fill");
    List<String> rows = integration.table().orElseThrow().lines().skip(4).map(this::line).toList();
    assertEquals(
        List.of(
            "this kernel's accept queue does not fill 2 OtherIT",
            "go golang-go 3 DevModeIT, ChartTest"),
        rows);
  }

  @Test
  void says_nothing_where_nothing_was_skipped() {
    new SkippedTests(directory, "surefire").add("ChartTest", 1, "of the last build");
    assertEquals(Optional.empty(), new SkippedTests(directory, "surefire").table());
    assertTrue(directory.toFile().isDirectory());
  }

  private String line(String row) {
    return row.strip().replaceAll(" +", " ");
  }
}
