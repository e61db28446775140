package dev.postrider.bench.peer;

import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.Service;

/** A queue worker in the race: how its queue is filled, how it is started, when it is done. */
public interface Runner {

  /** What it is called in tables. */
  String name();

  /** Puts mails into its queue before it is started. */
  void fill(BenchRedis benchRedis, int mails) throws Exception;

  /** Starts it; it begins to send by itself. */
  Service start(BenchRedis benchRedis, int sink) throws Exception;

  /** Mails that are still in its queue, those in its hands included. */
  long left(BenchRedis benchRedis);
}
