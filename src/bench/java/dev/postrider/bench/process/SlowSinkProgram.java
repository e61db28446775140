package dev.postrider.bench.process;

import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.MailServerOptions.Keep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The mail server's side of {@link SlowSink}. */
public final class SlowSinkProgram {

  static final String PORT = "port";
  static final String COUNT = "count";

  private SlowSinkProgram() {}

  /** Argument: milliseconds to think about each mail. */
  public static void main(String[] arguments) throws IOException {
    Duration think = Duration.ofMillis(Integer.parseInt(arguments[0]));
    SinkOptions options = new SinkOptions().server(server -> server.keep(Keep.COUNT));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Sink sink = Sink.start(think.isZero() ? options : options.delayPerMail(think))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(order.equals(PORT) ? sink.port() : sink.counters().mails());
      }
    }
    System.exit(0);
  }
}
