package dev.postrider.event;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/** Told of attempts whose producers keep a trace. Never fails and never waits. */
public interface SpanExporter {

  /** Keeps nothing. */
  SpanExporter OFF =
      new SpanExporter() {
        @Override
        public boolean isEnabled() {
          return false;
        }

        @Override
        public void add(AttemptSpan span) {
          // No collector is configured.
        }

        @Override
        @CheckReturnValue
        public Uni<Void> close() {
          return Uni.createFrom().voidItem();
        }
      };

  /** False if telling it anything is waste. */
  boolean isEnabled();

  void add(AttemptSpan span);

  /** Hands over what is left; bounded, never fails. */
  @CheckReturnValue
  Uni<Void> close();
}
