package dev.postrider.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * What a reply means.
 *
 * @param scope what it concerns
 * @param reaction what to do
 * @param delay how long to wait at least, where the rule or the reply says so
 * @param why the reason, as the table gives it
 */
public record ReplyMeaning(Scope scope, Reaction reaction, Optional<Duration> delay, String why) {}
