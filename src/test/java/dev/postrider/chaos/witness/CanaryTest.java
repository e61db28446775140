package dev.postrider.chaos.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CanaryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 5.1.1 <ana7@example.test>: no such mailbox",
        "sent as hi@chaos.test",
        "subject Canary subject 12",
        "All work and no play makes",
        "Bearer canary-token-4711",
        "AUTH PLAIN canary-password-4711"
      })
  void notices_what_a_log_must_not_hold(String line) {
    assertEquals(List.of(line), Canary.in("started\n" + line + "\nstopped"));
  }

  @Test
  void lets_ids_and_numbers_pass() {
    assertEquals(
        List.of(), Canary.in("Took over 3 mail(s) of queue default from w1x-0.\nMail c0-12: held"));
  }
}
