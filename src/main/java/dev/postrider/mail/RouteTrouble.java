package dev.postrider.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a try failed that says something about more than its mail: what route health learns from.
 *
 * @param scope what the answer concerned; only {@link Scope#ROUTE} concerns all mail of the route
 * @param reason {@code throttled}, {@code route-down} or {@code connection}
 * @param reply what the server said, or why there was no reply; addresses removed
 * @param delay the least time to wait, where the reply or its rule names one
 */
public record RouteTrouble(Scope scope, Reason reason, String reply, Optional<Duration> delay) {}
