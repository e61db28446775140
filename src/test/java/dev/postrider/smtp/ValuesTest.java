package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ValuesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550 | 5.1.1 No such user                         | 5.1.1
          550 | cuda_nsu 5.1.1 <x>... User unknown         | 5.1.1
          550 | Invalid recipient <x> (#5.1.1)             | 5.1.1
          452 | #4.5.3 Too many recipients.                | 4.5.3
          452 | 4-5-3 Too many recipients                  | 4.5.3
          553 | Mail from 10.0.0.1 not allowed - 5.7.1 [B] | 5.7.1
          550 | 5.7.606 Access denied                      | 5.7.606
          550 | 05.1.1 no code                             | ''
          550 | 5.1.1111 no code                           | ''
          550 | 5.1 no code                                | ''
          550 | 5.1.1.1 an address                         | ''
          550 | client 15.1.1 is version 5.4.3.2           | ''
          550 | x5.1.1 inside a word                       | ''
          550 | 4.2.1 contradicts the reply                | ''
          550 | 4.2.1 contradicts, 5.2.1 does not          | 5.2.1
          450 | 5.1.1 contradicts the reply                | ''
          550 | ticket 5-1-1-7                             | ''
          550 | 5.01.001 leading zeros                     | 5.1.1
          550 | 5.1.1                                      | 5.1.1
          550 | 5.1.1.                                     | 5.1.1
          550 | 5.999.999                                  | 5.999.999
          550 | ''                                         | ''
          354 | 3.1.1 no class                             | ''
          250 | 2.0.0                                      | 2.0.0
          250 | 2.1.5 Ok                                   | 2.1.5
          250 | 2.1 no code                                | ''
          250 | 2.1.1234 no code 2.0.0                     | ''
          250 | Ok, queued by 2.4.1 as 17                  | ''
          """)
  void finds_the_enhanced_code_wherever_it_stands(int reply, String text, String code) {
    assertEquals(code, EnhancedCode.find(reply, text).map(Object::toString).orElse(""));
  }

  @Test
  void an_enhanced_code_may_stand_in_any_line() {
    assertEquals(
        Optional.of(new EnhancedCode(5, 7, 1)),
        Reply.of(550, List.of("<ana@example.test>: Relay access denied", "5.7.1 see above"))
            .enhanced());
  }

  @Test
  void reads_what_a_server_offers() {
    Reply ehlo =
        Reply.of(
            250,
            List.of(
                "PIPELINING greets", "size 1000", "AUTH PLAIN login", "AUTH=XOAUTH2", "8bitmime"));
    Capabilities offered = Capabilities.of(ehlo);
    assertFalse(offered.offers("PIPELINING"));
    assertTrue(offered.offers("8BITMIME"));
    assertEquals(Set.of("PLAIN", "LOGIN", "XOAUTH2"), offered.mechanisms());
    assertTrue(offered.acceptsSize(1_000));
    assertFalse(offered.acceptsSize(1_001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIZE", "SIZE 0", "SIZE x", "SIZE 99999999999999999999"})
  void takes_any_size_if_the_server_names_no_sensible_bound(String line) {
    assertTrue(Capabilities.of(Reply.of(250, List.of("me", line))).acceptsSize(Long.MAX_VALUE));
  }

  static Stream<String> hostile() {
    return Stream.of(
        "a@x.test>\r\nRCPT TO:<b@x.test",
        "a\n@x.test",
        "a\r@x.test",
        "a\0@x.test",
        "a b@x.test",
        "<a@x.test>",
        "a@x.test> SIZE=1",
        "a\u00a0@x.test",
        "a\u2028@x.test",
        "a\u0085@x.test",
        "\ud800@x.test",
        "a",
        "@x.test",
        "a@",
        "",
        "a".repeat(65) + "@x.test",
        "a@" + "x".repeat(253),
        "ü".repeat(33) + "@x.test");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refuses_an_address_that_could_break_a_command(String address) {
    assertThrows(
        IllegalArgumentException.class, () -> new Envelope("s@x.test", List.of(address), false));
    if (!address.isEmpty()) {
      assertThrows(
          IllegalArgumentException.class, () -> new Envelope(address, List.of("r@x.test"), false));
    }
  }

  @Test
  void takes_the_null_sender_and_local_parts_beyond_ascii() {
    new Envelope("", List.of("ü@x.test", "\ud83d\ude00@x.test", "\"a\"@x.test"), false);
    assertThrows(IllegalArgumentException.class, () -> new Envelope("", List.of(), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@bücher.test", "a@x\u3002test", "a@x\u760d\u760ay.test", "ü@ü.test"})
  void refuses_a_domain_that_is_not_in_ascii(String address) {
    assertThrows(IllegalArgumentException.class, () -> new Envelope("", List.of(address), false));
    assertThrows(
        IllegalArgumentException.class, () -> new Envelope(address, List.of("r@x.test"), false));
  }

  @Test
  void a_local_part_or_a_header_beyond_ascii_needs_smtputf8() {
    assertFalse(new Envelope("s@x.test", List.of("a@xn--bcher-kva.test"), false).utf8());
    assertTrue(new Envelope("s@x.test", List.of("a@x.test"), true).utf8());
    assertTrue(new Envelope("s@x.test", List.of("a@x.test", "ü@x.test"), false).utf8());
    assertTrue(new Envelope("ü@x.test", List.of("a@x.test"), false).utf8());
  }

  @Test
  void credentials_never_travel_in_clear_text_by_oversight() {
    CredentialsSource source = CredentialsSource.fixed(Credentials.password("u", "secret"));
    TestServer server = TestServer.at("mail.test", 25);
    assertEquals(Tls.STARTTLS_REQUIRED, server.withLogin(source).server().tls());
    TestServer clear = server.withTls(Tls.NONE, TestServer.SYSTEM_TRUST);
    assertThrows(IllegalArgumentException.class, () -> clear.withLogin(source));
    assertFalse(Credentials.password("u", "secret").toString().contains("secret"));
  }

  @Test
  void refuses_a_name_of_ours_that_could_break_a_command() {
    TestServer server = TestServer.at("mail.test", 25);
    assertThrows(IllegalArgumentException.class, () -> server.withHeloName("a\r\nMAIL"));
    assertThrows(IllegalArgumentException.class, () -> server.withHeloName("a b"));
    assertEquals(
        "[IPv6:2001:db8::1]", server.withHeloName("[IPv6:2001:db8::1]").server().heloName());
  }

  @Test
  void failures_within_one_pause_count_once() {
    ReconnectBackoff reconnectBackoff =
        new ReconnectBackoff(new Backoff(Duration.ofMillis(100), Duration.ofDays(1)), () -> 0.5);
    reconnectBackoff.failed(0, new SendResult.NotSent(Phase.CONNECTING, "x"));
    reconnectBackoff.failed(50, new SendResult.NotSent(Phase.CONNECTING, "x"));
    assertTrue(reconnectBackoff.isPausing(99));
    assertFalse(reconnectBackoff.isPausing(100));
    reconnectBackoff.failed(100, new SendResult.NotSent(Phase.CONNECTING, "x"));
    assertTrue(reconnectBackoff.isPausing(299));
    reconnectBackoff.succeeded(100);
    reconnectBackoff.failed(300, new SendResult.NotSent(Phase.CONNECTING, "x"));
    assertTrue(
        reconnectBackoff.isPausing(699), "a connection older than the failure proves nothing");
    reconnectBackoff.succeeded(301);
    reconnectBackoff.failed(700, new SendResult.NotSent(Phase.CONNECTING, "x"));
    assertFalse(reconnectBackoff.isPausing(800));
  }

  @Test
  void the_window_falls_at_once_and_comes_back_with_success() {
    ConnectionWindow connectionWindow = new ConnectionWindow(10);
    connectionWindow.shrink(2, 0, "x");
    assertEquals(2, connectionWindow.size());
    connectionWindow.grow();
    assertEquals(2, connectionWindow.size());
    for (int i = 0; i < 100; i++) {
      connectionWindow.grow();
    }
    assertEquals(10, connectionWindow.size());
    connectionWindow.shrink(0, 0, "x");
    assertEquals(1, connectionWindow.size());
    for (int i = 0; i < 4; i++) {
      connectionWindow.grow();
    }
    assertEquals(5, connectionWindow.size());
  }
}
