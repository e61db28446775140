package dev.postrider.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UnknownVariablesTest {

  private static final Set<String> KEYS =
      Set.of("postrider.concurrency", "postrider.queues[*]", "postrider.routes.*.chunking");

  @Test
  void names_a_variable_that_means_nothing() {
    assertEquals(List.of("POSTRIDER_CONCURENCY"), among("POSTRIDER_CONCURENCY"));
    assertEquals(List.of("POSTRIDER_ROUTES_EU_CHUNK"), among("POSTRIDER_ROUTES_EU_CHUNK"));
  }

  @Test
  void knows_every_key_however_it_is_written_as_a_variable() {
    assertEquals(
        List.of(),
        among("POSTRIDER_CONCURRENCY", "POSTRIDER_QUEUES_0_", "POSTRIDER_ROUTES_SES_EU_CHUNKING"));
  }

  @Test
  void leaves_the_variables_of_others_alone() {
    assertEquals(List.of(), among("PATH", "QUARKUS_HTTP_PORT", "MY_POSTRIDER_THING"));
  }

  @Test
  void leaves_what_kubernetes_says_of_a_service_of_this_name_alone() {
    assertEquals(
        List.of(),
        among(
            "POSTRIDER_PORT",
            "POSTRIDER_SERVICE_HOST",
            "POSTRIDER_SERVICE_PORT",
            "POSTRIDER_SERVICE_PORT_HTTP",
            "POSTRIDER_PORT_8080_TCP",
            "POSTRIDER_PORT_8080_TCP_ADDR"));
    assertEquals(List.of("POSTRIDER_PORTS"), among("POSTRIDER_PORTS"));
  }

  private static List<String> among(String... variables) {
    return UnknownVariables.among(List.of(variables), KEYS);
  }
}
