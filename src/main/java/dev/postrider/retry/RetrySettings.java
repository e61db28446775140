package dev.postrider.retry;

import dev.postrider.timing.Backoff;

/**
 * The bounds of trying again.
 *
 * @param attempts that count, the first included; at least 1
 * @param mail after the server refused the mail for now
 * @param connection after trouble with the server as a whole
 * @param throttled after the server asked for a slower pace
 */
public record RetrySettings(int attempts, Backoff mail, Backoff connection, Backoff throttled) {}
