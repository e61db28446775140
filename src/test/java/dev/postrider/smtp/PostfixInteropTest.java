package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.support.ForeignPrograms;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;

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
