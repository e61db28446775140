package dev.postrider.queue.enqueue;

import java.util.Optional;

/**
 * A valid mail to enqueue.
 *
 * @param json as its producer wrote it
 * @param id its own, if it has one
 * @param idempotencyKey of the mail or of the request that brought it
 * @param progress noted beside the mail, if the key does not stand in the mail itself
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes go to Redis as they came.
public record EnqueueRequest(
    byte[] json, Optional<String> id, Optional<String> idempotencyKey, Optional<byte[]> progress) {}
