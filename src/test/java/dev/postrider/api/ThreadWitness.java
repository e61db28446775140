package dev.postrider.api;

import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Notes on which kind of thread requests are handled: a filter runs where a resource without a body
 * runs, and a reader where one with a body does.
 */
@Provider
@ApplicationScoped
public class ThreadWitness implements ReaderInterceptor {

  private final AtomicInteger onEventLoop = new AtomicInteger();
  private final AtomicInteger elsewhere = new AtomicInteger();

  @ServerRequestFilter
  public void look() {
    (Context.isOnEventLoopThread() ? onEventLoop : elsewhere).incrementAndGet();
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
    look();
    return body.proceed();
  }

  int onEventLoop() {
    return onEventLoop.get();
  }

  int elsewhere() {
    return elsewhere.get();
  }
}
