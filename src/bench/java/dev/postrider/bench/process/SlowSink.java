package dev.postrider.bench.process;

import java.io.IOException;

/** Our own mail server in a process of its own; it thinks about each mail for a while. */
public final class SlowSink implements AutoCloseable {

  private final OwnJvm jvm;
  private final int port;

  /**
   * @param thinkMillis before the reply to the final dot
   */
  public SlowSink(int thinkMillis) throws IOException {
    jvm = new OwnJvm(SlowSinkProgram.class, "" + thinkMillis);
    port = Integer.parseInt(jvm.ask(SlowSinkProgram.PORT));
  }

  public int port() {
    return port;
  }

  /** Mails taken since its start. */
  public long count() throws IOException {
    return Long.parseLong(jvm.ask(SlowSinkProgram.COUNT));
  }

  @Override
  public void close() {
    jvm.close();
  }
}
