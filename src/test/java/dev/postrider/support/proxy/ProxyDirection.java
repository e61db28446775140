package dev.postrider.support.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a proxied connection: bytes queue here until the flow lets them go. */
final class ProxyDirection {

  /** Beyond this the sender has to wait; a held lane takes no more. */
  private static final int QUEUE_MAX = 1_048_576;

  /** A throttled lane sends in pieces, so that its rate is even. */
  private static final int PIECE_MAX = 512;

  private record Packet(Buffer bytes, long due) {}

  private final Vertx vertx;
  private final NetSocket from;
  private final NetSocket to;
  private final Deque<Packet> queue = new ArrayDeque<>();
  private Flow flow;
  private long free = System.nanoTime();
  private int queued;
  private boolean ended;
  private boolean timed;

  ProxyDirection(Vertx vertx, NetSocket from, NetSocket to, Flow flow) {
    this.vertx = vertx;
    this.from = from;
    this.to = to;
    this.flow = flow;
  }

  /** Changes the flow, for what is queued too. */
  void flow(Flow next) {
    flow = next;
    if (next.kind() == Flow.Kind.PASS) {
      free = System.nanoTime();
    }
    drain();
  }

  void add(Buffer bytes) {
    if (flow.kind() == Flow.Kind.SWALLOW) {
      return;
    }
    int piece = flow.kind() == Flow.Kind.THROTTLE ? PIECE_MAX : bytes.length();
    for (int at = 0; at < bytes.length(); at += piece) {
      Buffer part = bytes.slice(at, Math.min(bytes.length(), at + piece));
      free = flow.due(System.nanoTime(), free, part.length());
      queue.add(new Packet(part, free));
    }
    queued += bytes.length();
    if (queued > QUEUE_MAX) {
      from.pause();
    }
    drain();
  }

  /** The sender has closed: so does the proxy, once all that came before has left. */
  void end() {
    ended = flow.kind() != Flow.Kind.SWALLOW;
    drain();
  }

  /** Sends all that waits and closes (FIN). */
  void cut() {
    queue.forEach(packet -> to.write(packet.bytes()));
    queue.clear();
    to.close();
  }

  private void drain() {
    while (!queue.isEmpty() && flow.kind() != Flow.Kind.HOLD && isDue(queue.peek())) {
      Buffer bytes = queue.remove().bytes();
      queued -= bytes.length();
      to.write(bytes);
    }
    if (queued <= QUEUE_MAX) {
      from.resume();
    }
    if (ended && queue.isEmpty()) {
      to.close();
    }
  }

  private boolean isDue(Packet packet) {
    boolean atOnce = flow.kind() == Flow.Kind.PASS;
    long left = atOnce ? 0 : packet.due() - System.nanoTime();
    if (left > 0 && !timed) {
      timed = true;
      vertx.setTimer(Math.max(1, (left + 999_999) / 1_000_000), timer -> onTimer());
    }
    return left <= 0;
  }

  private void onTimer() {
    timed = false;
    drain();
  }
}
