package dev.postrider.queue.enqueue;

import java.util.ArrayList;
import java.util.List;

/** Divides a batch into chunks: Redis serves no other client while it takes one. */
public final class EnqueueChunks {

  private static final int MAILS_MAX = 100;

  /** A larger mail is a chunk of its own. */
  private static final int BYTES_MAX = 1024 * 1024;

  private EnqueueChunks() {}

  /** Of at most 100 mails and, if they are more than one, 1 MiB each; their order stays. */
  public static List<List<EnqueueRequest>> of(List<EnqueueRequest> mails) {
    List<List<EnqueueRequest>> chunks = new ArrayList<>();
    int start = 0;
    int bytes = 0;
    for (int i = 0; i < mails.size(); i++) {
      int size = mails.get(i).json().length;
      if (i > start && (i - start == MAILS_MAX || bytes + size > BYTES_MAX)) {
        chunks.add(mails.subList(start, i));
        start = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (start < mails.size()) {
      chunks.add(mails.subList(start, mails.size()));
    }
    return chunks;
  }
}
