package dev.postrider.event;

import dev.postrider.mail.Outcome;

/**
 * One attempt as a trace tells it. Holds no address and no content.
 *
 * @param producer the span of the one who wrote the mail
 * @param waited true if the mail waited for its time or for another attempt: then its producer is
 *     long done, and the attempt begins a trace that only points to it
 * @param queue whose mail it is
 * @param mailId its name
 * @param attempt number of the attempt, from 1
 * @param outcome what it came to, with what the server said
 * @param startedAt Unix time in ns
 * @param endedAt Unix time in ns
 */
public record AttemptSpan(
    TraceParent producer,
    boolean waited,
    String queue,
    String mailId,
    int attempt,
    Outcome outcome,
    long startedAt,
    long endedAt) {}
