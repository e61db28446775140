package dev.postrider.queue;

import java.util.List;

/**
 * What became of one entry, ready to be written.
 *
 * @param entry the entry that leaves the stream
 * @param mailId the mail's name in events and history
 * @param outcome the word of the contract: sent, skipped, scheduled, deferred, dead, held; or
 *     {@code parked}, which has no event
 * @param disposition where the mail goes
 * @param fields names and values of its event, in turn, beyond type, id, at and due
 */
public record Settlement(
    Entry entry, String mailId, String outcome, Disposition disposition, List<String> fields) {}
