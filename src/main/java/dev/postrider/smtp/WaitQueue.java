package dev.postrider.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The mails that wait for a connection, oldest first; each waits for a bounded time. */
final class WaitQueue {

  private final Deque<PooledMail> mails = new ArrayDeque<>();
  private final long timeoutMillis;

  WaitQueue(PoolLimits limits) {
    this.timeoutMillis = limits.waitTimeout().toMillis();
  }

  void add(PooledMail mail) {
    mails.addLast(mail);
  }

  /** For a mail that has waited before. */
  void addFirst(PooledMail mail) {
    mails.addFirst(mail);
  }

  PooledMail poll() {
    return mails.pollFirst();
  }

  /** Does nothing if it does not wait. */
  void remove(PooledMail mail) {
    mails.remove(mail);
  }

  PooledMail first() {
    return mails.peekFirst();
  }

  int size() {
    return mails.size();
  }

  boolean isEmpty() {
    return mails.isEmpty();
  }

  List<PooledMail> takeExpired(long now) {
    List<PooledMail> expired = new ArrayList<>();
    while (!mails.isEmpty() && mails.peekFirst().waitedMillis(now) >= timeoutMillis) {
      expired.add(mails.pollFirst());
    }
    return expired;
  }

  /** At most so many, those that came last. */
  List<PooledMail> takeLast(int count) {
    List<PooledMail> last = new ArrayList<>();
    while (last.size() < count && !mails.isEmpty()) {
      last.add(mails.pollLast());
    }
    return last;
  }

  List<PooledMail> takeAll() {
    List<PooledMail> all = List.copyOf(mails);
    mails.clear();
    return all;
  }
}
