package dev.postrider.mime;

import java.time.Instant;

/**
 * What a mail gets once and keeps on every attempt, so that a copy is byte for byte the same.
 *
 * @param id names the mail: the left part of its Message-ID and the root of its boundaries
 * @param date what the Date field says, written in the mail's time zone
 */
public record Stamp(String id, Instant date) {}
