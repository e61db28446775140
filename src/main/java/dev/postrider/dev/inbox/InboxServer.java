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
 * The mail server of dev mode: takes everything into the inbox and relays nothing. Listens once it
 * is asked for, on the same port after a live reload.
 */
@IfBuildProfile("dev")
@Singleton
final class InboxServer implements FallbackServer {

  private static final String PORT = "smtp-port";
  private static final int SIZE_MAX = 50 * 1024 * 1024;
  private static final int LISTEN_SECONDS_MAX = 10;

  private final Vertx vertx;
  private final Inbox inbox;
  private final Map<String, Integer> notes = ReloadState.shared().notes();
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
      server = Optional.of(started());
      notes.put(PORT, server.get().port());
    }
    return server.get().port();
  }

  /** Last of all: until then the worker sends what is in flight. */
  synchronized void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
    server.ifPresent(running -> await(running.close()));
  }

  private SmtpReceiver started() {
    return await(listen(notes.getOrDefault(PORT, 0)).recover(taken -> listen(0)));
  }

  private Future<SmtpReceiver> listen(int port) {
    return new SmtpReceiver(vertx, SIZE_MAX, new Simulator(vertx, inbox)).listen(host(), port);
  }

  private static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(LISTEN_SECONDS_MAX, TimeUnit.SECONDS)
        .join();
  }
}
