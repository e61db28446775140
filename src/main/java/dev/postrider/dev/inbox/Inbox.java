package dev.postrider.dev.inbox;

import dev.postrider.dev.ReloadState;
import dev.postrider.smtpserver.ReceivedMessage;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** The mail that came last. Bounded in number and in size; the oldest is removed first. */
@IfBuildProfile("dev")
@Singleton
public final class Inbox {

  public static final int MAILS_MAX = 500;
  private static final long BYTES_MAX = 64L * 1024 * 1024;

  private final NavigableMap<Long, Map<String, Object>> mails;
  private long bytes;

  Inbox() {
    this(ReloadState.shared().mails());
  }

  Inbox(NavigableMap<Long, Map<String, Object>> mails) {
    this.mails = mails;
    this.bytes =
        mails.entrySet().stream().mapToLong(entry -> InboxMail.of(entry).source().length).sum();
  }

  /** Returns the number of the new mail. */
  synchronized long add(ReceivedMessage message) {
    InboxMail added =
        new InboxMail(
            lastNumber() + 1,
            Instant.now(),
            message.sender(),
            message.recipients(),
            message.content());
    mails.put(added.number(), added.toMap());
    bytes += added.source().length;
    while (mails.size() > MAILS_MAX || bytes > BYTES_MAX && mails.size() > 1) {
      bytes -= InboxMail.of(mails.pollFirstEntry()).source().length;
    }
    return added.number();
  }

  /** How many mails came in since the program was started. */
  synchronized long lastNumber() {
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
