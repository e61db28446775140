package dev.postrider.support.smtpserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SaslTest {

  @Test
  void plain_takes_the_user_after_the_first_nul() {
    assertEquals(Optional.of("tim"), next(sasl("PLAIN"), "\0tim\0tanstaaftanstaaf").user());
    assertEquals(Optional.of("tim"), next(sasl("PLAIN"), "x\0tim\0tanstaaftanstaaf").user());
    assertEquals(Sasl.Step.failed(), next(sasl("plain"), "\0tim\0wrong"));
    assertEquals(Sasl.Step.failed(), next(sasl("PLAIN"), "tim"));
  }

  @Test
  void login_asks_twice() {
    Sasl sasl = sasl("LOGIN");
    assertEquals(Sasl.Step.ask("Username:"), sasl.begin());
    assertEquals(Sasl.Step.ask("Password:"), next(sasl, "tim"));
    assertEquals(Optional.of("tim"), next(sasl, "tanstaaftanstaaf").user());
  }

  /** The example of RFC 2195 §2. */
  @Test
  void cram_md5_proves_the_secret_without_telling_it() {
    Sasl sasl = sasl("CRAM-MD5");
    assertEquals(Sasl.Step.ask("<1896.697170952@postoffice.reston.mci.net>"), sasl.begin());
    assertEquals(Optional.of("tim"), next(sasl, "tim b913a602c7eda7a495b4e6e7334d3890").user());
    assertEquals(Sasl.Step.failed(), next(sasl, "tim b913a602c7eda7a495b4e6e7334d3891"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XOAUTH2", "OAUTHBEARER"})
  void a_refused_token_costs_one_more_challenge(String mechanism) {
    Sasl sasl = sasl(mechanism);
    String before = mechanism.equals("XOAUTH2") ? "user=tim\1" : "n,a=tim,\1host=x\1port=25\1";
    assertEquals(
        Optional.of("tim"), next(sasl, before + "auth=Bearer tanstaaftanstaaf\1\1").user());
    Sasl.Step refused = next(sasl, before + "auth=Bearer old\1\1");
    assertTrue(refused.challenge().orElseThrow().contains("\"401\""));
    assertEquals(Sasl.Step.failed(), next(sasl, "\1"));
  }

  private static Sasl sasl(String mechanism) {
    return new Sasl(
        mechanism, Map.of("tim", "tanstaaftanstaaf"), "<1896.697170952@postoffice.reston.mci.net>");
  }

  private static Sasl.Step next(Sasl sasl, String response) {
    return sasl.next(response.getBytes(StandardCharsets.UTF_8));
  }
}
