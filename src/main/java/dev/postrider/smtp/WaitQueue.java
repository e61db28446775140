package dev.postrider.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The mails that wait for a connection, oldest first; each waits for a bounded time. */
final class WaitQueue {

  private final Deque<PooledMail> pooledMails = new ArrayDeque<>();
  private final long patienceMillis;

  WaitQueue(PoolLimits limits) {
    this.patienceMillis = limits.patience().toMillis();
  }

  void add(PooledMail pooledMail) {
    pooledMails.addLast(pooledMail);
  }

  /** For a mail that waited before. */
  void addFirst(PooledMail pooledMail) {
    pooledMails.addFirst(pooledMail);
  }

  PooledMail poll() {
    return pooledMails.pollFirst();
  }

  PooledMail first() {
    return pooledMails.peekFirst();
  }

  int size() {
    return pooledMails.size();
  }

  boolean isEmpty() {
    return pooledMails.isEmpty();
  }

  /** Takes out those who waited too long. */
  List<PooledMail> takeExpired(long now) {
    List<PooledMail> expired = new ArrayList<>();
    while (!pooledMails.isEmpty() && pooledMails.peekFirst().waited(now) >= patienceMillis) {
      expired.add(pooledMails.pollFirst());
    }
    return expired;
  }

  /** Takes out all. */
  List<PooledMail> takeAll() {
    List<PooledMail> all = List.copyOf(pooledMails);
    pooledMails.clear();
    return all;
  }
}
