package dev.postrider.bench.peer;

import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.Service;
import java.util.List;

/**
 * A worker in Ruby after Resque's documented model: takes a mail from a list, forks a child that
 * sends it and exits, waits for the child; four such workers.
 */
public final class Forking implements Runner {

  private static final String LIST = "resque:queue:mail";

  @Override
  public String name() {
    return "fork per mail, 4 workers";
  }

  public static boolean installed() throws Exception {
    return Peers.rubyHas("redis", "mail", "net/smtp");
  }

  @Override
  public void fill(BenchRedis benchRedis, int mails) {
    benchRedis.load(mails, number -> List.of("LPUSH", LIST, Mails.jsonBytes(number)));
  }

  @Override
  public Service start(BenchRedis benchRedis, int sink) {
    return new Service(
        Peers.source("fork"),
        List.of(Peers.path("ruby"), "worker.rb"),
        Sidekiq.settings(benchRedis, sink));
  }

  @Override
  public long left(BenchRedis benchRedis) {
    return benchRedis.client().number("LLEN", LIST);
  }
}
