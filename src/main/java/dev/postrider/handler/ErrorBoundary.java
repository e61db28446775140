package dev.postrider.handler;

import io.vertx.core.Handler;
import java.util.function.Consumer;

/**
 * Runs the handlers of one thing, such as a connection: an exception in one of them is recorded and
 * ends the thing. Otherwise Vert.x would only log it, and what waits for the thing would wait until
 * its timer ends.
 */
public final class ErrorBoundary {

  private final String part;
  private final HandlerErrors errors;
  private final Consumer<Throwable> end;

  /**
   * @param part of the program, such as {@code smtp}
   * @param end ends the thing and fails what waits for it; may be called more than once
   */
  public ErrorBoundary(String part, HandlerErrors errors, Consumer<Throwable> end) {
    this.part = part;
    this.errors = errors;
    this.end = end;
  }

  /**
   * To be registered instead of the handler.
   *
   * @param name of the handler in the log, such as {@code read}
   */
  public <T> Handler<T> handler(String name, Handler<T> handler) {
    return event -> {
      try {
        handler.handle(event);
      } catch (Throwable error) { // An Error must not leave a mail waiting either.
        failed(name, error);
      }
    };
  }

  /** Runs the action as a handler of this name. */
  public void run(String name, Runnable action) {
    try {
      action.run();
    } catch (Throwable error) {
      failed(name, error);
    }
  }

  /** An exception was caught in a handler of this name. */
  public void failed(String name, Throwable error) {
    errors.record(part, name, error);
    try {
      end.accept(error);
    } catch (Throwable another) {
      errors.record(part, name + ", end", another);
    }
  }
}
