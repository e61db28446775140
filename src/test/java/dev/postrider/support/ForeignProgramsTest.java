package dev.postrider.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class ForeignProgramsTest {

  @AfterEach
  void tagged() {
    System.clearProperty(ForeignPrograms.UNTAGGED);
  }

  @Test
  void fails_a_test_that_asks_without_the_tag_though_the_program_is_there() {
    System.setProperty(ForeignPrograms.UNTAGGED, "SomeTest");
    AssertionError refused = assertThrows(AssertionError.class, () -> ForeignPrograms.find("sh"));
    assertTrue(refused.getMessage().contains("SomeTest"), refused.getMessage());
  }

  @Test
  void fails_a_test_that_asks_for_a_program_without_a_package() {
    assertThrows(AssertionError.class, () -> ForeignPrograms.find("no-such-program"));
  }

  @Test
  void skips_with_the_package_that_brings_the_program() {
    RuntimeException skipped =
        assertThrows(RuntimeException.class, () -> ForeignPrograms.skip("promtool"));
    assertEquals(SkippedTests.reason("promtool", "prometheus"), skipped.getMessage());
  }
}
