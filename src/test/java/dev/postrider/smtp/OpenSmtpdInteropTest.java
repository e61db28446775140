package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.support.ForeignPrograms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;

/** Against a real OpenSMTPD, where it can be fetched and the tests run as root. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class OpenSmtpdInteropTest implements InteropContract {

  /** Its default; the next MAIL of the connection is refused with 452. */
  private static final int MAILS_PER_CONNECTION = 100;

  private static OpenSmtpd server;

  @BeforeAll
  static void start() {
    server = OpenSmtpd.start().orElse(null);
    assumeTrue(server != null, "OpenSMTPD cannot be fetched, or may not run");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public PoolLimits limits() {
    return PoolLimits.of(1)
        .withLife(Duration.ofMinutes(1), MAILS_PER_CONNECTION, Duration.ofMinutes(5));
  }

  @Override
  public List<String> delivered() {
    return server.delivered();
  }

  @Override
  public void assertRefusal(Reply reply) {
    assertEquals(550, reply.code());
  }
}
