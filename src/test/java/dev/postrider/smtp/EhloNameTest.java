package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we call ourselves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EhloNameTest {

  @ParameterizedTest
  @CsvSource({
    "mail.example.com, true",
    "a.bc, true",
    "MAIL-1.Example.COM, true",
    "xn--bcher-kva.example, true",
    "mail, false",
    "localhost, false",
    "localhost.localdomain, false",
    "mail.localdomain, false",
    "mail_1.example.com, false",
    "-mail.example.com, false",
    "mail-.example.com, false",
    "mail..example.com, false",
    ".example.com, false",
    "mail.example.com., false",
    "192.0.2.7, false",
    "2001:db8::1, false",
    "[192.0.2.7], false",
    "'', false"
  })
  void a_full_name_has_a_dot_and_is_a_domain(String name, boolean full) {
    assertEquals(full, EhloName.isFullName(name));
  }

  @Test
  void labels_have_at_most_63_characters_and_names_255() {
    String label = "a".repeat(63);
    assertEquals(true, EhloName.isFullName(label + ".example"));
    assertEquals(false, EhloName.isFullName(label + "a.example"));
    String name = (label + ".").repeat(3) + label;
    assertEquals(true, EhloName.isFullName(name));
    assertEquals(false, EhloName.isFullName("a." + name));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 192.0.2.7, [192.0.2.7]",
    "'', 2001:db8:0:0:0:0:0:1, [IPv6:2001:db8::1]",
    "'', 0:0:0:0:0:0:0:1, [IPv6:::1]",
    "'', fe80:0:0:0:1:2:3:4, [IPv6:fe80::1:2:3:4]",
    "mail.example.com, 192.0.2.7, mail.example.com"
  })
  void without_a_name_it_is_the_address_of_our_side(
      String configured, String address, String expected) {
    assertEquals(expected, EhloName.of(configured, SocketAddress.inetSocketAddress(25, address)));
  }

  @Test
  void the_zone_of_a_link_local_address_is_left_out() throws UnknownHostException {
    byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
    InetAddress own = Inet6Address.getByAddress(null, bytes, 1);
    assertEquals(
        "[IPv6:fe80::1]",
        EhloName.of("", SocketAddress.inetSocketAddress(new InetSocketAddress(own, 25))));
  }

  @ParameterizedTest
  @CsvSource({"'', [127.0.0.1]", "mail.example.com, mail.example.com"})
  void it_is_said_to_the_server(String configured, String expected) {
    List<String> names = new CopyOnWriteArrayList<>();
    SinkOptions options =
        new SinkOptions()
            .script(
                (command, dialogue, usual) -> {
                  if (command.verb() == Verb.EHLO) {
                    names.add(command.argument());
                  }
                  return usual;
                });
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink).withHeloName(configured))) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(List.of(expected), names);
      sink.assertWireClean();
    }
  }
}
