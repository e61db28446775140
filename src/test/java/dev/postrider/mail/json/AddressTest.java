package dev.postrider.mail.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mailbox may look like; what it may not is in {@code mails/refused.txt}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressTest {

  @Test
  void reads_an_address_alone() throws InvalidMail {
    assertReads(null, "ana@example.test", "ana@example.test");
    assertReads(null, "ana@example.test", "<ana@example.test>");
    assertReads(null, "a.b+c_d=e/f!x%y@Example.TEST", "a.b+c_d=e/f!x%y@Example.TEST");
    assertReads(null, "root@localhost", "root@localhost");
    assertReads(null, "a@1and1.test", "a@1and1.test");
    assertReads(null, "a@xn--bcher-kva.test", "a@xn--bcher-kva.test");
  }

  @Test
  void reads_a_display_name_as_people_see_it() throws InvalidMail {
    assertReads("Ana", "ana@example.test", "Ana <ana@example.test>");
    assertReads("Ana", "ana@example.test", "Ana<ana@example.test>");
    assertReads("Ana Silva", "ana@example.test", "  Ana   Silva <ana@example.test>");
    assertReads("John Q. Public", "j@example.test", "John Q. Public <j@example.test>");
    assertReads("Silva, Ana (Lisbon)", "a@b.test", "\"Silva, Ana (Lisbon)\" <a@b.test>");
    assertReads("say \"hi\" \\o/", "a@b.test", "\"say \\\"hi\\\" \\\\o/\" <a@b.test>");
    assertReads("a <b> c", "a@b.test", "\"a <b> c\" <a@b.test>");
    assertReads("Dr. Ana Silva", "a@b.test", "Dr. \"Ana Silva\" <a@b.test>");
    assertReads("O'Hara & Söhne", "a@b.test", "O'Hara & Söhne <a@b.test>");
    assertReads("山田 太郎 🦊", "taro@example.test", "山田 太郎 🦊 <taro@example.test>");
    assertReads(null, "a@b.test", "\"\" <a@b.test>");
  }

  @Test
  void drops_blanks_around_a_mailbox_and_around_its_address() throws InvalidMail {
    for (String blank : List.of("", " ", "   ")) {
      assertReads(null, "a@b.test", blank + "a@b.test" + blank);
      assertReads(null, "a@b.test", blank + "<" + blank + "a@b.test" + blank + ">" + blank);
      assertReads("Ana", "a@b.test", "Ana" + blank + "<" + blank + "a@b.test>" + blank);
      assertReads("A", "\"a b\"@c.test", "A <" + blank + "\"a b\"@c.test" + blank + ">");
    }
  }

  @Test
  void keeps_quotes_of_a_local_part() throws InvalidMail {
    assertReads(null, "\"john doe\"@example.test", "\"john doe\"@example.test");
    assertReads("J", "\"a@b,c\"@example.test", "J <\"a@b,c\"@example.test>");
    assertReads(null, "\"a\\\"b\\\\\"@example.test", "\"a\\\"b\\\\\"@example.test");
    assertReads(null, "\"\"@example.test", "\"\"@example.test");
    assertReads(null, "\"odd user\"@example.test", "\"odd user\"@example.test");
    assertReads(null, "\"a..b\"@docomo.example", "\"a..b\"@docomo.example");
    assertReads(null, "\" \"@example.test", "\" \"@example.test");
    assertReads(null, "\"()[]:;\"@example.test", "\"()[]:;\"@example.test");
    assertReads(null, "\"jür gen\"@example.test", "\"jür gen\"@example.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b@c.test", ".a@c.test", "a.@c.test", "A <a..b@c.test>"})
  void shows_how_to_quote_dots(String mailbox) {
    assertSays("as in \"a..b\"@", mailbox);
  }

  @Test
  void says_what_is_wrong_before_the_domain() {
    assertSays("as in \"ana silva\"@example.test", "a b@c.test");
    assertSays("as in \"a,b\"@example.test", "a\\b@c.test");
    assertSays("a blank beside @", "a  @c.test");
    assertSays("the domain contains a blank", "a@ c.test");
    assertSays("the domain contains a blank", "A <a@c. test>");
    assertSays("an invisible character", "a\u200bb@c.test");
    assertSays("an invisible character", "a\ue0001b@c.test".replace("\ue0001", "\udb40\udc01"));
    assertSays("< and > are not supported", "\"a<b\"@c.test");
    assertSays("after the quotes", "\"a\"b@c.test");
    assertSays("a quote is not closed", "\"a@c.test");
    assertSays("at most 64 bytes", "a".repeat(65) + "@c.test");
    assertSays("at most 254 bytes", "a@" + "b.".repeat(126) + "c");
  }

  @Test
  void a_header_alone_takes_a_long_local_part() throws InvalidMail {
    String longest = "a".repeat(247) + "@c.test";

    assertEquals(longest, Address.parseForHeader(longest).address());
    assertThrows(InvalidMail.class, () -> Address.parseForHeader("a" + longest));
  }

  @Test
  void turns_a_domain_of_other_scripts_into_its_ascii_form() throws InvalidMail {
    assertReads(null, "ana@xn--bcher-kva.test", "ana@bücher.test");
    assertReads(null, "ana@xn--bcher-kva.test", "ana@BÜCHER.test");
    assertReads(null, "ana@xn--r8jz45g.xn--zckzah", "ana@例え。テスト");
    assertReads("Ana", "дмитрий@xn--e1afmkfd.test", "Ana <дмитрий@пример.test>");
  }

  /** IDNA 2008 keeps what IDNA 2003 replaced or did not know; UTS #46 adds the mappings. */
  @ParameterizedTest
  @CsvSource({
    "straße.example, xn--strae-oqa.example",
    "βόλος.example, xn--nxasmm1c.example",
    "বিদ্যুৎ.example, xn--65blk6dm4ej.example",
    "പൂച്ചൽ.example, xn--gwca0cvf8b7q.example",
    "🦊.example, xn--9s9h.example",
    "❤️.example, xn--qei.example",
    "bu\u00adcher.example, bucher.example",
    "ＢＵＣＨＥＲ．example, bucher.example",
    "例え｡テスト, xn--r8jz45g.xn--zckzah",
    "xn--strae-oqa.example, xn--strae-oqa.example",
    "XN--STRAE-OQA.Example, XN--STRAE-OQA.Example",
    "r3---sn.bücher.example, r3---sn.xn--bcher-kva.example",
    "r3---sn.example, r3---sn.example"
  })
  void converts_a_domain_by_IDNA_2008(String domain, String ascii) throws InvalidMail {
    assertReads(null, "ana@" + ascii, "ana@" + domain);
  }

  @ParameterizedTest
  @CsvSource({
    "xn--.example, the domain is malformed",
    "xn--a.example, invalid xn-- label",
    "xn--u-ccb.example, invalid xn-- label",
    "אa.example, not allowed by IDNA 2008",
    "a\u200db.example, not allowed by IDNA 2008",
    "℀.example, not allowed by IDNA 2008",
    "bücher.example., ends with a dot",
    "example.test., ends with a dot"
  })
  void says_why_a_domain_is_invalid(String domain, String part) {
    assertSays(part, "ana@" + domain);
  }

  @Test
  void bounds_a_label_in_its_ascii_form() throws InvalidMail {
    String ascii = "x".repeat(63);
    String other = "ü".repeat(57);

    assertReads(null, "a@" + ascii + ".test", "a@" + ascii + ".test");
    assertEquals(63 + "a@.test".length(), Address.parse("a@" + other + ".test").address().length());
    assertSays("at most 63 characters", "a@" + ascii + "x.test");
    assertSays("at most 63 characters", "a@" + other + "ü.test");
  }

  @Test
  void reads_address_literals() throws InvalidMail {
    assertReads(null, "a@[192.0.2.1]", "a@[192.0.2.1]");
    assertReads(null, "a@[0.0.0.255]", "a@[0.0.0.255]");
    assertReads("A", "a@[IPv6:2001:db8::1]", "A <a@[IPv6:2001:db8::1]>");
    assertReads(null, "a@[ipv6:::ffff:192.0.2.1]", "a@[ipv6:::ffff:192.0.2.1]");
  }

  @Test
  void knows_its_parts() throws InvalidMail {
    Address address = Address.parse("\"a@b\"@bücher.test");

    assertEquals("\"a@b\"", address.localPart());
    assertEquals("xn--bcher-kva.test", address.domain());
  }

  @Test
  void needs_smtputf8_for_the_local_part_only() throws InvalidMail {
    assertFalse(Address.parse("Ünal <unal@bücher.test>").needsSmtpUtf8());
    assertTrue(Address.parse("ünal@example.test").needsSmtpUtf8());
  }

  @Test
  void a_fault_has_no_place_of_its_own() {
    InvalidMail fault = assertThrows(InvalidMail.class, () -> Address.parse("a\r\n@b.test"));

    assertEquals("", fault.pointer());
    assertThrows(InvalidMail.class, () -> Address.parse("a\uD800@b.test"));
    assertThrows(InvalidMail.class, () -> Address.parse("a".repeat(5_000)));
  }

  private static void assertSays(String part, String mailbox) {
    String message = assertThrows(InvalidMail.class, () -> Address.parse(mailbox)).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static void assertReads(String name, String address, String mailbox) throws InvalidMail {
    assertEquals(new Address(Optional.ofNullable(name), address), Address.parse(mailbox));
  }
}
