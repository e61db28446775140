package dev.postrider.queue.enqueue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Divides a batch into chunks, because Redis serves no other client while it adds one. */
public final class EnqueueChunks {

  private static final int MAILS_MAX = 100;

  /** A larger mail is a chunk by itself. */
  private static final int BYTES_MAX = 1024 * 1024;

  private EnqueueChunks() {}

  /** At most 100 mails and, if there are several, 1 MiB each; the order is kept. */
  public static List<List<EnqueueRequest>> of(List<EnqueueRequest> mails) {
    return of(mails, mail -> mail);
  }

  static <T> List<List<T>> of(List<T> items, Function<T, EnqueueRequest> mail) {
    List<List<T>> chunks = new ArrayList<>();
    int start = 0;
    int bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      int size = mail.apply(items.get(i)).json().length;
      if (i > start && (i - start == MAILS_MAX || bytes + size > BYTES_MAX)) {
        chunks.add(items.subList(start, i));
        start = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (start < items.size()) {
      chunks.add(items.subList(start, items.size()));
    }
    return chunks;
  }
}
