package dev.postrider.mail.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

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
  void keeps_quotes_of_a_local_part() throws InvalidMail {
    assertReads(null, "\"john doe\"@example.test", "\"john doe\"@example.test");
    assertReads("J", "\"a@b,c\"@example.test", "J <\"a@b,c\"@example.test>");
    assertReads(null, "\"a\\\"b\\\\\"@example.test", "\"a\\\"b\\\\\"@example.test");
    assertReads(null, "\"\"@example.test", "\"\"@example.test");
  }

  @Test
  void turns_a_domain_of_other_scripts_into_its_ascii_form() throws InvalidMail {
    assertReads(null, "ana@xn--bcher-kva.test", "ana@bücher.test");
    assertReads(null, "ana@xn--bcher-kva.test", "ana@BÜCHER.test");
    assertReads(null, "ana@xn--r8jz45g.xn--zckzah", "ana@例え。テスト");
    assertReads("Ana", "дмитрий@xn--e1afmkfd.test", "Ana <дмитрий@пример.test>");
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

  private static void assertReads(String name, String address, String mailbox) throws InvalidMail {
    assertEquals(new Address(Optional.ofNullable(name), address), Address.parse(mailbox));
  }
}
