package dev.postrider.bench.process;

import java.io.IOException;

/** Our own mail server in a process of its own; it thinks about each mail for a while. */
public final class ThinkingSink implements AutoCloseable {

  private final OwnJvm jvm;
  private final int port;

  /**
   * @param thinkMillis before the reply to the final dot
   */
  public ThinkingSink(int thinkMillis) throws IOException {
    jvm = new OwnJvm(ThinkingSinkProgram.class, "" + thinkMillis);
    port = Integer.parseInt(jvm.ask(ThinkingSinkProgram.PORT));
  }

  public int port() {
    return port;
  }

  /** Mails taken since its start. */
  public long count() throws IOException {
    return Long.parseLong(jvm.ask(ThinkingSinkProgram.COUNT));
  }

  @Override
  public void close() throws InterruptedException {
    jvm.close();
  }
}
