package dev.postrider.acceptance;

import dev.postrider.support.smtp.Sink;
import java.util.List;

/** The sink of these tests. */
final class OwnMailServer implements TestMailServer {

  private final Sink sink = Sink.start();

  @Override
  public String name() {
    return "the sink of these tests";
  }

  @Override
  public int port() {
    return sink.port();
  }

  @Override
  public List<String> recipients() {
    sink.assertWireClean();
    return sink.mails().stream().flatMap(mail -> mail.recipients().stream()).toList();
  }

  @Override
  public void close() {
    sink.close();
  }
}
