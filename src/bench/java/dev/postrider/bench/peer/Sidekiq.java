package dev.postrider.bench.peer;

import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.Service;
import java.util.List;
import java.util.Map;

/** Sidekiq and the mail library of Ruby: 25 threads. */
public final class Sidekiq implements Runner {

  private static final String THREADS = "25";

  /** As Sidekiq's own client writes it. */
  private static final String PAYLOAD =
      """
      {"class":"SendMail","args":[%s],"retry":false,"queue":"default","jid":"%024x","created_at":1.0,"enqueued_at":1.0}""";

  @Override
  public String name() {
    return "Sidekiq + mail, 25 threads";
  }

  public static boolean installed() throws Exception {
    return Peers.installed("sidekiq") && Peers.rubyHas("sidekiq", "mail");
  }

  @Override
  public void fill(BenchRedis benchRedis, int mails) {
    benchRedis.client().command("SADD", "queues", "default");
    benchRedis.load(mails, number -> List.of("LPUSH", "queue:default", payload(number)));
  }

  /** What one mail is in the queue or in the scheduled set. */
  public static String payload(int number) {
    return PAYLOAD.formatted(Mails.jsonBytes(number), number);
  }

  @Override
  public Service start(BenchRedis benchRedis, int sink) {
    return start(settings(benchRedis, sink));
  }

  static Service start(Map<String, String> settings) {
    return new Service(
        Peers.source("sidekiq"),
        List.of(Peers.path("sidekiq"), "-r", "./worker.rb", "-c", THREADS, "-q", "default"),
        settings);
  }

  static Map<String, String> settings(BenchRedis benchRedis, int sink) {
    return Map.of(
        "REDIS_URL", "redis://127.0.0.1:" + benchRedis.port(), "SMTP_PORT", Integer.toString(sink));
  }

  @Override
  public long left(BenchRedis benchRedis) {
    return benchRedis.client().number("LLEN", "queue:default");
  }
}
