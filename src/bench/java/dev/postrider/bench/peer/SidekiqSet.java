package dev.postrider.bench.peer;

import dev.postrider.bench.process.BenchRedis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sidekiq's scheduled set: what is no longer wanted is searched for and removed. */
public final class SidekiqSet {

  private static final int MINUTES_MAX = 60;

  /** As Sidekiq's own client writes it; about as long as a short mail of ours. */
  private static final String PAYLOAD =
      """
      {"class":"SendMail","args":[{"from":"Acme <hi@acme.test>","to":["user%d@example.test"],"subject":"Hello %d","text":"%s"},"%s"],"retry":false,"queue":"default","jid":"%024x","created_at":1.0}""";

  /** Far beyond the end of any round. */
  private static final double DUE = 4e9;

  private final BenchRedis benchRedis;

  public SidekiqSet(BenchRedis benchRedis) {
    this.benchRedis = benchRedis;
  }

  public static boolean installed() throws Exception {
    return Peers.rubyHas("sidekiq", "sidekiq/api");
  }

  /** Schedules mails of one topic; their ids count up from 0. */
  public void fill(int entries, String topic) {
    benchRedis.load(
        entries, number -> List.of("ZADD", "schedule", DUE + number, payload(number, topic)));
  }

  /** Removes all of a topic; seconds from the first look to the last removal. */
  public double scanAndRemove(String topic) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Peers.path("ruby"), "void.rb", topic)
            .directory(Peers.source("sidekiq").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(Sidekiq.settings(benchRedis, 0));
    Process process = builder.start();
    if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("Sidekiq's set could not be searched.");
    }
    long left = benchRedis.client().number("ZCARD", "schedule");
    if (left != 0) {
      throw new IllegalStateException(left + " entries are still in Sidekiq's set.");
    }
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    return Double.parseDouble(said);
  }

  private static String payload(int number, String topic) {
    return PAYLOAD.formatted(number, number, "Come back soon. ".repeat(12), topic, number);
  }
}
