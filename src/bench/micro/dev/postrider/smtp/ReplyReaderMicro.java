package dev.postrider.smtp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading the four replies that one mail brings, in one chunk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplyReaderMicro {

  private static final byte[] CHUNK =
      """
      250 2.1.0 Ok\r
      250 2.1.5 Ok\r
      354 End data with <CR><LF>.<CR><LF>\r
      250 2.0.0 Ok: queued as 1B2C3D4E5F\r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final ReplyReader reader = new ReplyReader(new Counting());
  private int codes;

  @Benchmark
  public int read() {
    reader.read(CHUNK);
    return codes;
  }

  private final class Counting implements ReplyReader.Listener {

    @Override
    public void onReply() {
      codes += reader.code();
    }

    @Override
    public void onMalformed(String cause) {
      throw new IllegalStateException(cause);
    }
  }
}
