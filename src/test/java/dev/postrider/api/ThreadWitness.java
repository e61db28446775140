package dev.postrider.api;

import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Notes on which kind of thread requests are handled: a filter runs where the resource runs. */
@ApplicationScoped
public class ThreadWitness {

  private final AtomicInteger onEventLoop = new AtomicInteger();
  private final AtomicInteger elsewhere = new AtomicInteger();

  @ServerRequestFilter
  public void look() {
    (Context.isOnEventLoopThread() ? onEventLoop : elsewhere).incrementAndGet();
  }

  int onEventLoop() {
    return onEventLoop.get();
  }

  int elsewhere() {
    return elsewhere.get();
  }
}
