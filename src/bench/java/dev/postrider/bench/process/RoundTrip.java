package dev.postrider.bench.process;

import dev.postrider.bench.Percentile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How long a mail server takes from a NOOP to its reply, whatever lies between. */
public final class RoundTrip {

  private static final int PROBES = 21;

  private RoundTrip() {}

  /** The median of some tries. */
  public static double nanos(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      replies.readLine();
      List<Long> nanos = new ArrayList<>();
      for (int i = 0; i < PROBES; i++) {
        long start = System.nanoTime();
        socket.getOutputStream().write("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
        replies.readLine();
        nanos.add(System.nanoTime() - start);
      }
      return Percentile.of(0.5, nanos);
    }
  }
}
