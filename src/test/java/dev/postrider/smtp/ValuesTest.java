package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
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
  @CsvSource({"5.1.1 No, 5.1.1", "2.0.0, 2.0.0", "4.7.123 x, 4.7.123", "5.999.999, 5.999.999"})
  void reads_the_enhanced_code_that_opens_a_text(String text, String code) {
    assertEquals(code, EnhancedCode.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Ok", "3.1.1 x", "5.1 x", "5.1.1234", "5.1.1.1", "5.1.1x", "1.2.3.4 is busy"})
  void reads_no_enhanced_code_where_there_is_none(String text) {
    assertEquals(Optional.empty(), EnhancedCode.parse(text));
  }

  @Test
  void reads_what_a_server_offers() {
    Reply hello =
        Reply.of(
            250,
            List.of(
                "PIPELINING greets", "size 1000", "AUTH PLAIN login", "AUTH=XOAUTH2", "8bitmime"));
    Capabilities offered = Capabilities.of(hello);
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
    assertThrows(IllegalArgumentException.class, () -> new Envelope("s@x.test", List.of(address)));
    if (!address.isEmpty()) {
      assertThrows(
          IllegalArgumentException.class, () -> new Envelope(address, List.of("r@x.test")));
    }
  }

  @Test
  void takes_the_null_sender_and_addresses_beyond_ascii() {
    new Envelope("", List.of("ü@x.test", "a@bücher.test", "\ud83d\ude00@x.test", "\"a\"@x.test"));
    assertThrows(IllegalArgumentException.class, () -> new Envelope("", List.of()));
  }

  @Test
  void puts_domains_into_ascii_and_leaves_local_parts() {
    AsciiEnvelope asciiEnvelope =
        AsciiEnvelope.of(new Envelope("s@x.test", List.of("a@Bücher.test", "b@x.test")));
    assertEquals(List.of("a@xn--bcher-kva.test", "b@x.test"), asciiEnvelope.recipients());
    assertFalse(asciiEnvelope.utf8());
    assertTrue(AsciiEnvelope.of(new Envelope("", List.of("ü@bücher.test"))).utf8());
  }

  /** The Greek and Eszett examples are those of UTS 46. */
  @ParameterizedTest
  @CsvSource({
    "straße.test,            xn--strae-oqa.test",
    "faß.de,                 xn--fa-hia.de",
    "βόλος.com,              xn--nxasmm1c.com",
    "bücher.ß,               xn--bcher-kva.xn--zca",
    "ΒΌΛΟΣ.com,              xn--nxasmq6b.com",
    "他们为什么不说中文.test, xn--ihqwcrb4cv8a8dqg056pqjye.test"
  })
  void knows_the_ascii_form_of(String domain, String ascii) {
    assertEquals(
        List.of("a@" + ascii),
        AsciiEnvelope.of(new Envelope("", List.of("a@" + domain))).recipients());
  }

  /** From RFC 3492 §7.1, and short ones. */
  @ParameterizedTest
  @CsvSource({
    "faß, fa-hia",
    "ß, zca",
    "ü, tda",
    "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
    "ひとつ屋根の下2, 2-u9tlzr9756bt3uc0v",
    "3年b組金八先生, 3b-ww4c5e180e575a65lsy2b",
    "そのスピードで, d9juau41awczczp"
  })
  void writes_punycode(String text, String ascii) {
    assertEquals(ascii, Punycode.encode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u200db.test", "ü..test", "ü_.test", "\u00df.test.", "ü\ufffe.test"})
  void knows_no_ascii_form_of(String domain) {
    Envelope envelope = new Envelope("", List.of("a@" + domain));
    assertThrows(IllegalArgumentException.class, () -> AsciiEnvelope.of(envelope));
  }

  @Test
  void the_ideographic_full_stop_cannot_hide_a_line_break() {
    Envelope envelope = new Envelope("", List.of("a@x\u3002test"));
    assertEquals(List.of("a@x.test"), AsciiEnvelope.of(envelope).recipients());
    assertThrows(
        IllegalArgumentException.class,
        () -> AsciiEnvelope.of(new Envelope("", List.of("a@x\u760d\u760ay \u00fc.test"))));
  }

  @Test
  void credentials_never_travel_in_clear_text_by_oversight() {
    CredentialsSource source = CredentialsSource.fixed(Credentials.password("u", "secret"));
    SmtpServer server = SmtpServer.at("mail.test", 25);
    assertEquals(Tls.STARTTLS_REQUIRED, server.withLogin(source).tls());
    SmtpServer clear = server.withTls(Tls.NONE, TrustSettings.system());
    assertThrows(IllegalArgumentException.class, () -> clear.withLogin(source));
    assertFalse(Credentials.password("u", "secret").toString().contains("secret"));
  }

  @Test
  void refuses_a_name_of_ours_that_could_break_a_command() {
    SmtpServer server = SmtpServer.at("mail.test", 25);
    assertThrows(IllegalArgumentException.class, () -> server.withHeloName("a\r\nMAIL"));
    assertThrows(IllegalArgumentException.class, () -> server.withHeloName(""));
    assertEquals("[IPv6:2001:db8::1]", server.withHeloName("[IPv6:2001:db8::1]").heloName());
  }

  @Test
  void pauses_double_and_are_bounded_and_jittered() {
    PoolLimits.BackOff limits =
        new PoolLimits.BackOff(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertEquals(50, ReconnectBackoff.pause(limits, 1, 0));
    assertEquals(100, ReconnectBackoff.pause(limits, 1, 1));
    assertEquals(400, ReconnectBackoff.pause(limits, 3, 1));
    assertEquals(1_000, ReconnectBackoff.pause(limits, 10, 1));
    assertEquals(500, ReconnectBackoff.pause(limits, Integer.MAX_VALUE, 0));
  }

  @Test
  void failures_within_one_pause_count_once() {
    ReconnectBackoff reconnectBackoff =
        new ReconnectBackoff(
            new PoolLimits.BackOff(Duration.ofMillis(100), Duration.ofDays(1)), () -> 1);
    reconnectBackoff.failed(0, Phase.CONNECTING, "x");
    reconnectBackoff.failed(50, Phase.CONNECTING, "x");
    assertTrue(reconnectBackoff.isPausing(99));
    assertFalse(reconnectBackoff.isPausing(100));
    reconnectBackoff.failed(100, Phase.CONNECTING, "x");
    assertTrue(reconnectBackoff.isPausing(299));
    reconnectBackoff.succeeded(100);
    reconnectBackoff.failed(300, Phase.CONNECTING, "x");
    assertTrue(
        reconnectBackoff.isPausing(699), "a connection older than the failure proves nothing");
    reconnectBackoff.succeeded(301);
    reconnectBackoff.failed(700, Phase.CONNECTING, "x");
    assertFalse(reconnectBackoff.isPausing(800));
  }

  @Test
  void the_window_falls_at_once_and_comes_back_with_success() {
    ConnectionWindow connectionWindow = new ConnectionWindow(10);
    connectionWindow.shrink(2);
    assertEquals(2, connectionWindow.size());
    connectionWindow.grow();
    assertEquals(2, connectionWindow.size());
    for (int i = 0; i < 100; i++) {
      connectionWindow.grow();
    }
    assertEquals(10, connectionWindow.size());
    connectionWindow.shrink(0);
    assertEquals(1, connectionWindow.size());
    for (int i = 0; i < 4; i++) {
      connectionWindow.grow();
    }
    assertEquals(5, connectionWindow.size());
  }
}
