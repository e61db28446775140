package dev.postrider.bench.sender;

/** A sender in a process of its own. */
interface Contender extends AutoCloseable {

  /** Sends this many mails and returns when the last one was answered. */
  Round round(int mails) throws Exception;

  @Override
  void close();
}
