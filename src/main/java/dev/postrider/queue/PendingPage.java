package dev.postrider.queue;

import java.util.List;

/**
 * Some of a consumer's pending entries.
 *
 * @param entries that may start now
 * @param last the last entry that was looked at; empty if there are no more
 */
public record PendingPage(List<Entry> entries, String last) {}
