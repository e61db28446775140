package dev.postrider.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The mails that wait for a connection, oldest first; each waits for a bounded time. */
final class Waiting {

  private final Deque<Parcel> parcels = new ArrayDeque<>();
  private final long patienceMillis;

  Waiting(PoolLimits limits) {
    this.patienceMillis = limits.patience().toMillis();
  }

  void add(Parcel parcel) {
    parcels.addLast(parcel);
  }

  /** For a mail that waited before. */
  void addFirst(Parcel parcel) {
    parcels.addFirst(parcel);
  }

  Parcel poll() {
    return parcels.pollFirst();
  }

  Parcel first() {
    return parcels.peekFirst();
  }

  int size() {
    return parcels.size();
  }

  boolean isEmpty() {
    return parcels.isEmpty();
  }

  /** Takes out those who waited too long. */
  List<Parcel> takeExpired(long now) {
    List<Parcel> expired = new ArrayList<>();
    while (!parcels.isEmpty() && parcels.peekFirst().waited(now) >= patienceMillis) {
      expired.add(parcels.pollFirst());
    }
    return expired;
  }

  /** Takes out all. */
  List<Parcel> takeAll() {
    List<Parcel> all = List.copyOf(parcels);
    parcels.clear();
    return all;
  }
}
