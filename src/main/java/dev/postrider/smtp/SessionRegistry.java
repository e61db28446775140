package dev.postrider.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The connections of one pool: being opened, ready (idle or busy), closing. */
final class SessionRegistry {

  private final Deque<Session> idle = new ArrayDeque<>(); // least recently used first
  private final Set<Session> ready = new HashSet<>();
  private final Set<Session> notReady = new HashSet<>(); // in the handshake, or closing
  private int opening;

  /** The connection counts until {@link #openingSucceeded} or {@link #openingFailed}. */
  void openingStarted() {
    opening++;
  }

  /** The handshake starts. */
  void add(Session session) {
    notReady.add(session);
  }

  void openingSucceeded(Session session) {
    opening--;
    notReady.remove(session);
    ready.add(session);
  }

  void openingFailed() {
    opening--;
  }

  /** The connection used last, which is the least likely to be stale; null if none is idle. */
  Session takeIdle() {
    return idle.pollLast();
  }

  void addIdle(Session session) {
    idle.addLast(session);
  }

  /** Takes the connection out of use and sends QUIT. */
  void close(Session session) {
    ready.remove(session);
    notReady.add(session);
    session.quit();
  }

  void closeIdle() {
    while (!idle.isEmpty()) {
      close(idle.pollLast());
    }
  }

  void closeUnused(long now, long millis) {
    while (!idle.isEmpty() && idle.peekFirst().use().isUnusedFor(now, millis)) {
      close(idle.pollFirst());
    }
  }

  /** Removes a connection that has ended; returns whether it was ready. */
  boolean remove(Session session) {
    notReady.remove(session);
    idle.remove(session);
    return ready.remove(session);
  }

  /** Calls the action with every connection; a connection may end and be removed meanwhile. */
  void forEach(Consumer<Session> action) {
    List<Session> all = new ArrayList<>(ready);
    all.addAll(notReady);
    all.forEach(action);
  }

  boolean hasIdle() {
    return !idle.isEmpty();
  }

  /** Whether there is no connection that mails could wait for. */
  boolean noneUsable() {
    return ready.isEmpty() && opening == 0;
  }

  boolean isEmpty() {
    return noneUsable() && notReady.isEmpty();
  }

  int ready() {
    return ready.size();
  }

  int opening() {
    return opening;
  }

  PoolState state(int waiting, ConnectionOpener opener, Workarounds workarounds) {
    return new PoolState(
        idle.size(),
        ready.size() - idle.size(),
        waiting,
        opening,
        opener.allowed(),
        opener.configured(),
        opener.shrunk(),
        workarounds.list());
  }
}
