package dev.postrider.smtp;

/**
 * The connections and waiting mails of a pool at one moment.
 *
 * @param idle connections ready for a mail
 * @param busy connections that send a mail
 * @param waiting mails that wait for a connection
 * @param connecting connections not yet ready
 * @param allowed connections that the pool may hold now; falls when the server pushes back
 */
public record PoolState(int idle, int busy, int waiting, int connecting, int allowed) {}
