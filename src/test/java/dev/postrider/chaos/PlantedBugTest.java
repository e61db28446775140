package dev.postrider.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.chaos.run.PlantedBug;
import dev.postrider.chaos.run.Scale;
import dev.postrider.chaos.run.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mistakes are planted in the long run only; that they can be, every build shows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlantedBugTest {

  @ParameterizedTest
  @EnumSource
  void finds_its_place_in_the_sources_and_a_short_scenario(PlantedBug bug) throws IOException {
    for (PlantedBug.Edit edit : bug.edits()) {
      String source = Files.readString(Path.of("src", "main", edit.file()));
      assertTrue(source.contains(edit.right()), edit.right() + " in " + edit.file());
    }
    assertTrue(Scenarios.named(bug.noticedBy()).belongsTo(Scale.GATE), bug.noticedBy());
  }
}
