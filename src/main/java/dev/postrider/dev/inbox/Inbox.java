package dev.postrider.dev.inbox;

import dev.postrider.dev.ReloadState;
import dev.postrider.dev.server.Received;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** The mail that came in lately. Bounded in number and in size; the oldest goes first. */
@IfBuildProfile("dev")
@Singleton
public final class Inbox {

  public static final int MAILS_MAX = 500;
  private static final long OCTETS_MAX = 64L * 1024 * 1024;

  private final NavigableMap<Long, Map<String, Object>> mails;
  private long octets;

  Inbox() {
    this(ReloadState.shared().mails());
  }

  Inbox(NavigableMap<Long, Map<String, Object>> mails) {
    this.mails = mails;
    this.octets =
        mails.entrySet().stream().mapToLong(entry -> InboxMail.of(entry).source().length).sum();
  }

  synchronized void add(Received mail) {
    InboxMail added =
        new InboxMail(
            taken() + 1, mail.receivedAt(), mail.sender(), mail.recipients(), mail.message());
    mails.put(added.number(), added.toMap());
    octets += added.source().length;
    while (mails.size() > MAILS_MAX || octets > OCTETS_MAX && mails.size() > 1) {
      octets -= InboxMail.of(mails.pollFirstEntry()).source().length;
    }
  }

  /** How many mails came in since the program was started. */
  synchronized long taken() {
    return mails.isEmpty() ? 0 : mails.lastKey();
  }

  /** The newest mails, newest first, that came after the one with this number. */
  List<InboxMail> after(long number, int atMost) {
    return mails.tailMap(number, false).descendingMap().entrySet().stream()
        .limit(atMost)
        .map(InboxMail::of)
        .toList();
  }

  Optional<InboxMail> find(long number) {
    return Optional.ofNullable(mails.get(number))
        .map(mail -> InboxMail.of(Map.entry(number, mail)));
  }
}
