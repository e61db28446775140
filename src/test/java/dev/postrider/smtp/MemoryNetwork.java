package dev.postrider.smtp;

import dev.postrider.handler.HandlerErrors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * An event loop, a clock and connections in memory: thousands of whole sessions in a second, each
 * the same in every run.
 */
final class MemoryNetwork {

  private static final SocketAddress ADDRESS = SocketAddress.inetSocketAddress(25, "192.0.2.1");
  private static final InetAddress HOST = InetAddress.getLoopbackAddress();

  /** The server's side of one connection. */
  interface Peer {
    /** The connection is open. */
    void opened(Line line);

    /** The client has sent this. */
    void received(Line line, Buffer bytes);
  }

  private record Timer(long due, long period, Handler<Long> handler) {}

  private final Deque<Runnable> turns = new ArrayDeque<>();
  private final Map<Long, Timer> timers = new TreeMap<>();
  private final HandlerErrors errors = new HandlerErrors();
  private final IntFunction<Peer> peers;
  private final SmtpPool pool;
  private long now;
  private long lastTimer;
  private int connections;

  /**
   * @param peers the server for each connection, counted from 1
   */
  MemoryNetwork(SmtpServer server, IntFunction<Peer> peers) {
    this.peers = peers;
    PoolSupport support =
        new PoolSupport(
            errors,
            new Workarounds(() -> now, WorkaroundListener.NONE),
            () -> now,
            host -> Future.succeededFuture(List.of(HOST)));
    this.pool = new SmtpPool(proxy(Vertx.class, this::vertx), server, support);
  }

  SmtpPool pool() {
    return pool;
  }

  /** Exceptions of our own handlers. */
  long errors() {
    return errors.counts().get("smtp");
  }

  int connections() {
    return connections;
  }

  /** Runs all turns of the event loop that are due. */
  void run() {
    while (!turns.isEmpty()) {
      turns.poll().run();
    }
  }

  /** Lets time pass; timers run once at its end. */
  void advance(long millis) {
    now += millis;
    for (Map.Entry<Long, Timer> entry : new ArrayList<>(timers.entrySet())) {
      Timer timer = entry.getValue();
      if (timer.due <= now && timers.remove(entry.getKey()) != null) {
        if (timer.period > 0) {
          timers.put(entry.getKey(), new Timer(now + timer.period, timer.period, timer.handler));
        }
        timer.handler.handle(entry.getKey());
        run();
      }
    }
    run();
  }

  private Object vertx(Object self, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getOrCreateContext" -> proxy(Context.class, this::context);
      case "createNetClient" -> proxy(NetClient.class, this::client);
      case "setTimer" -> timer((Long) arguments[0], 0, arguments[1]);
      case "setPeriodic" -> timer((Long) arguments[0], (Long) arguments[0], arguments[1]);
      case "cancelTimer" -> timers.remove((Long) arguments[0]) != null;
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  @SuppressWarnings("unchecked")
  private long timer(long delay, long period, Object handler) {
    timers.put(++lastTimer, new Timer(now + delay, period, (Handler<Long>) handler));
    return lastTimer;
  }

  @SuppressWarnings("unchecked")
  private Object context(Object self, Method method, Object[] arguments) {
    if (!method.getName().equals("runOnContext")) {
      throw new UnsupportedOperationException(method.toString());
    }
    turns.add(() -> ((Handler<Void>) arguments[0]).handle(null));
    return null;
  }

  private Object client(Object self, Method method, Object[] arguments) {
    if (method.getName().equals("connect")) {
      Line line = new Line(peers.apply(++connections));
      turns.add(() -> line.peer.opened(line));
      return Future.succeededFuture(line.socket);
    }
    return method.getName().equals("close") ? Future.succeededFuture() : null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** One connection, as its server sees it. */
  final class Line {

    private final Peer peer;
    private final NetSocketInternal socket = proxy(NetSocketInternal.class, this::socket);
    private final ChannelConfig config =
        proxy(ChannelConfig.class, (self, method, arguments) -> true);
    private final Channel channel = proxy(Channel.class, this::channel);
    private final ChannelHandlerContext context =
        proxy(ChannelHandlerContext.class, this::channelContext);
    private Handler<Buffer> onRead;
    private Handler<Void> onClose;
    private boolean open = true;

    private Line(Peer peer) {
      this.peer = peer;
    }

    /** Sends bytes that the client reads in one piece. */
    void send(byte[] bytes) {
      turns.add(
          () -> {
            if (open && bytes.length > 0) {
              onRead.handle(Buffer.buffer(bytes));
            }
          });
    }

    void close() {
      turns.add(this::closed);
    }

    /** Does something after this time; at 0 on a later turn. */
    void later(int millis, Runnable action) {
      if (millis == 0) {
        turns.add(action);
      } else {
        timer(millis, 0, (Handler<Long>) fired -> action.run());
      }
    }

    private void closed() {
      if (open) {
        open = false;
        onClose.handle(null);
      }
    }

    @SuppressWarnings("unchecked")
    private Object socket(Object self, Method method, Object[] arguments) {
      switch (method.getName()) {
        case "handler" -> onRead = (Handler<Buffer>) arguments[0];
        case "closeHandler" -> onClose = (Handler<Void>) arguments[0];
        case "exceptionHandler" -> {}
        case "write" -> {
          Buffer bytes = ((Buffer) arguments[0]).copy();
          turns.add(() -> peer.received(this, bytes));
          return Future.succeededFuture();
        }
        case "upgradeToSsl", "close" -> {
          return Future.succeededFuture();
        }
        case "localAddress" -> {
          return ADDRESS;
        }
        case "channelHandlerContext" -> {
          return context;
        }
        default -> throw new UnsupportedOperationException(method.toString());
      }
      return self;
    }

    private Object channel(Object self, Method method, Object[] arguments) {
      return method.getName().equals("config") ? config : (Object) open;
    }

    private Object channelContext(Object self, Method method, Object[] arguments) {
      if (method.getName().equals("close")) {
        turns.add(this::closed);
        return null;
      }
      return channel;
    }
  }
}
