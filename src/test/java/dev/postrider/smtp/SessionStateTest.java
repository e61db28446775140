package dev.postrider.smtp;

import static dev.postrider.smtp.SessionState.BUSY;
import static dev.postrider.smtp.SessionState.BUSY_LAST;
import static dev.postrider.smtp.SessionState.CLOSED;
import static dev.postrider.smtp.SessionState.CLOSING;
import static dev.postrider.smtp.SessionState.CONNECTING;
import static dev.postrider.smtp.SessionState.IDLE;
import static dev.postrider.smtp.SessionState.IDLE_RESET;
import static dev.postrider.smtp.SessionState.LOOKAHEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which owner of a connection may follow which. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionStateTest {

  private static final Map<SessionState, Set<SessionState>> ALLOWED =
      Map.of(
          CONNECTING, Set.of(IDLE, CLOSED),
          IDLE, Set.of(BUSY, CLOSING, CLOSED),
          IDLE_RESET, Set.of(BUSY, CLOSING, CLOSED),
          BUSY, Set.of(IDLE, IDLE_RESET, LOOKAHEAD, BUSY_LAST, CLOSED),
          LOOKAHEAD, Set.of(BUSY, BUSY_LAST, CLOSED),
          BUSY_LAST, Set.of(CLOSED),
          CLOSING, Set.of(CLOSED),
          CLOSED, Set.of());

  @ParameterizedTest
  @EnumSource
  void changes_as_allowed_and_in_no_other_way(SessionState state) {
    for (SessionState next : SessionState.values()) {
      if (ALLOWED.get(state).contains(next)) {
        assertEquals(next, state.to(next));
      } else {
        assertThrows(IllegalStateException.class, () -> state.to(next));
      }
    }
  }

  @Test
  void only_an_idle_connection_takes_a_mail() {
    EnumSet.allOf(SessionState.class)
        .forEach(
            state -> assertEquals(state.isIdle(), state != LOOKAHEAD && state.mayBecome(BUSY)));
  }
}
