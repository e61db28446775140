package dev.postrider.dev.inbox;

import dev.postrider.delivery.FallbackServer;
import dev.postrider.dev.ReloadState;
import dev.postrider.smtpserver.SmtpReceiver;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The mail server of dev mode: puts all mail into the inbox and relays none. Started at first use,
 * on the same port after a live reload.
 */
@IfBuildProfile("dev")
@Singleton
final class InboxServer implements FallbackServer {

  private static final String PORT = "smtp-port";
  private static final int SIZE_MAX = 50 * 1024 * 1024;
  private static final int TIMEOUT_SECONDS = 10;

  private final Vertx vertx;
  private final Inbox inbox;
  private final Map<String, Integer> ports = ReloadState.shared().ports();
  private Optional<SmtpReceiver> server = Optional.empty();

  InboxServer(Vertx vertx, Inbox inbox) {
    this.vertx = vertx;
    this.inbox = inbox;
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public synchronized int port() {
    if (server.isEmpty()) {
      server = Optional.of(start());
      ports.put(PORT, server.get().port());
    }
    return server.get().port();
  }

  /** Observed last: until then the worker sends the mail in flight. */
  synchronized void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
    server.ifPresent(running -> await(running.close()));
  }

  private SmtpReceiver start() {
    return await(listen(ports.getOrDefault(PORT, 0)).recover(inUse -> listen(0)));
  }

  private Future<SmtpReceiver> listen(int port) {
    return new SmtpReceiver(vertx, SIZE_MAX, new Simulator(vertx, inbox)).listen(host(), port);
  }

  private static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
