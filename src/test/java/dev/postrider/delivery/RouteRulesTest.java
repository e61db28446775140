package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.config.Settings;
import dev.postrider.delivery.reply.Step;
import dev.postrider.mail.Reaction;
import dev.postrider.mail.ReplyMeaning;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteRulesTest {

  @TempDir private Path folder;

  @Test
  void the_rules_of_a_file_are_asked_first_on_its_route_only() throws IOException {
    Path file = write("# of our relay", "", "dot 550 * route throttle:15m /hourly quota of acme/");
    RouteRules rules = rules(Map.of("postrider.routes.relay.replies", file.toString()));
    ReplyMeaning own = classify(rules, "relay", "Hourly quota of Acme used up");
    assertEquals(Reaction.THROTTLE, own.reaction());
    assertEquals(Optional.of(Duration.ofMinutes(15)), own.delay());
    assertEquals(Reaction.REFUSE, classify(rules, "relay", "other words").reaction());
    assertEquals(Reaction.REFUSE, classify(rules, "default", "Hourly quota of Acme").reaction());
  }

  @Test
  void a_wrong_rule_stops_the_start_with_key_file_and_line() throws IOException {
    Path file = write("# of our relay", "dot 550 * route slower /x/");
    ConfigurationException wrong = refused(file);
    assertEquals(
        "postrider.routes.relay.replies: "
            + file
            + ", line 2: \"slower\" is not a reaction; known are reconnect, throttle, route-down,"
            + " retry, split, refuse, refuse-and-suppress",
        wrong.getMessage());
  }

  @Test
  void a_missing_file_stops_the_start_with_its_key() {
    ConfigurationException wrong = refused(folder.resolve("none.txt"));
    assertTrue(
        wrong.getMessage().startsWith("postrider.routes.relay.replies: the file "),
        wrong.getMessage());
  }

  private ConfigurationException refused(Path file) {
    return assertThrows(
        ConfigurationException.class,
        () -> rules(Map.of("postrider.routes.relay.replies", file.toString())));
  }

  private Path write(String... lines) throws IOException {
    return Files.writeString(folder.resolve("replies.txt"), String.join("\n", lines));
  }

  private static ReplyMeaning classify(RouteRules rules, String route, String text) {
    return rules.of(route).classify(Step.DOT, 550, List.of(), text);
  }

  private static RouteRules rules(Map<String, String> values) {
    return new RouteRules(
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(Settings.class)
            .withDefaultValues(values)
            .withValidateUnknown(false)
            .build()
            .getConfigMapping(Settings.class));
  }
}
