package dev.postrider.bench.peer;

import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Store;

/** A queue worker in the race: how its queue is filled, how it is started, when it is done. */
public interface Runner {

  /** What it is called in tables. */
  String name();

  /** Puts mails into its queue before it is started. */
  void fill(Store store, int mails) throws Exception;

  /** Starts it; it begins to send by itself. */
  Service start(Store store, int sink) throws Exception;

  /** Mails that are still in its queue, those in its hands included. */
  long left(Store store);
}
