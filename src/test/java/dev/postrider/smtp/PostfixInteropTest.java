package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.support.ForeignPrograms;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a real Postfix, where it is installed and the tests run as root. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class PostfixInteropTest implements InteropContract {

  private static Postfix postfix;

  @BeforeAll
  static void start() {
    ForeignPrograms.need("postfix");
    assumeTrue(DebianProgram.root(), "Postfix has to be started by root");
    postfix = Postfix.start();
  }

  @AfterAll
  static void stop() {
    if (postfix != null) {
      postfix.close();
    }
  }

  /** Postfix closes a connection after 20 errors. */
  @Test
  void many_unknown_recipients_hold_up_no_other_mail() {
    try (Sender sender = Sender.to(Sender.server(port()).withLimits(limits()))) {
      List<Future<SendResult>> offers =
          IntStream.range(0, 200)
              .mapToObj(i -> sender.offer(i % 4 == 0 ? "eve@relay.test" : "ana@x.test"))
              .toList();
      long refused = offers.stream().map(Sender::join).filter(Refused.class::isInstance).count();
      assertEquals(50, refused);
      assertTrue(offers.stream().map(Future::result).noneMatch(NotSent.class::isInstance));
    }
  }

  @Override
  public int port() {
    return postfix.port();
  }

  @Override
  public PoolLimits limits() {
    return PoolLimits.of(5);
  }

  @Override
  public List<String> delivered() {
    return postfix.delivered();
  }

  @Override
  public void assertRefusal(Reply reply) {
    assertTrue(reply.enhanced().isPresent());
  }
}
