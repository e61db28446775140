package dev.postrider.dev.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.dev.server.MailServerOptions;
import dev.postrider.dev.server.ServerFixture;
import dev.postrider.support.PlainSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulatorTest {

  private final ServerFixture server = new ServerFixture();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void refuses_and_defers_whom_their_names_say() {
    PlainSocket client = server.greeted(new MailServerOptions(), new Simulator());
    client.ask("MAIL FROM:<a@x.test>");
    assertTrue(client.ask("RCPT TO:<refuse@simulator.test>").startsWith("550 5.1.1 "));
    assertTrue(client.ask("RCPT TO:<Defer@Simulator.test>").startsWith("450 4.2.1 "));
    assertTrue(client.ask("RCPT TO:<slow@simulator.test>").startsWith("250 "));
    assertTrue(client.ask("RCPT TO:<refuse@elsewhere.test>").startsWith("250 "));
  }

  @Test
  void takes_its_time_with_slow_mail() {
    PlainSocket client = server.greeted(new MailServerOptions(), new Simulator());
    client.ask("MAIL FROM:<a@x.test>");
    client.ask("RCPT TO:<slow@simulator.test>");
    client.ask("DATA");
    long before = System.nanoTime();
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.ask("x\r\n."));
    assertTrue(System.nanoTime() - before >= Duration.ofMillis(2_900).toNanos());
  }
}
