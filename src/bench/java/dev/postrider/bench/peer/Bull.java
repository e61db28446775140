package dev.postrider.bench.peer;

import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** BullMQ and nodemailer: 50 mails in flight over ten pooled connections. */
public final class Bull implements Runner {

  private static final String PEER = "bullmq";

  @Override
  public String name() {
    return "BullMQ + nodemailer";
  }

  /** True once npm has brought its libraries. */
  public static boolean installed() throws Exception {
    return Peers.install(PEER);
  }

  @Override
  public void fill(BenchRedis benchRedis, int mails) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Peers.path("node"), "fill.mjs")
            .directory(Peers.installedAt(PEER).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("REDIS_PORT", "" + benchRedis.port());
    Process process = builder.start();
    try (PrintStream lines =
        new PrintStream(process.getOutputStream(), false, StandardCharsets.UTF_8)) {
      IntStream.range(0, mails).mapToObj(Mails::json).forEach(lines::println);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("BullMQ's queue could not be filled.");
    }
  }

  @Override
  public Service start(BenchRedis benchRedis, int sink) {
    return new Service(
        Peers.installedAt(PEER),
        List.of(Peers.path("node"), "worker.mjs"),
        Map.of("REDIS_PORT", "" + benchRedis.port(), "SMTP_PORT", "" + sink));
  }

  @Override
  public long left(BenchRedis benchRedis) {
    long lists =
        Stream.of("wait", "active", "paused")
            .mapToLong(list -> benchRedis.client().number("LLEN", "bull:mail:" + list))
            .sum();
    return lists
        + benchRedis.client().number("ZCARD", "bull:mail:failed")
        + benchRedis.client().number("ZCARD", "bull:mail:delayed");
  }
}
