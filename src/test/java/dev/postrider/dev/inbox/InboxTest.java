package dev.postrider.dev.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtpserver.ReceivedMessage;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InboxTest {

  private final NavigableMap<Long, Map<String, Object>> kept = new ConcurrentSkipListMap<>();
  private final Inbox inbox = new Inbox(kept);

  @Test
  void lists_the_newest_mail_first_and_only_what_came_since() {
    IntStream.range(0, 5).forEach(number -> inbox.add(mail(10)));
    assertEquals(List.of(5L, 4L, 3L), numbers(inbox.after(2, 100)));
    assertEquals(List.of(5L), numbers(inbox.after(0, 1)));
    assertEquals(List.of(), numbers(inbox.after(5, 100)));
  }

  @Test
  void keeps_five_hundred_mails_and_goes_on_counting() {
    IntStream.range(0, 700).forEach(number -> inbox.add(mail(1)));
    assertEquals(700, inbox.lastNumber());
    assertEquals(500, kept.size());
    assertTrue(inbox.find(200).isEmpty());
    assertTrue(inbox.find(201).isPresent());
  }

  @Test
  void keeps_64_MiB_but_always_the_newest_mail() {
    IntStream.range(0, 3).forEach(number -> inbox.add(mail(30 * 1024 * 1024)));
    assertEquals(List.of(3L, 2L), numbers(inbox.after(0, 100)));
    inbox.add(mail(65 * 1024 * 1024));
    assertEquals(List.of(4L), numbers(inbox.after(0, 100)));
  }

  @Test
  void goes_on_after_a_live_reload_with_types_of_the_JDK_alone() {
    inbox.add(mail(3));
    Inbox reloaded = new Inbox(kept);
    reloaded.add(mail(3));
    assertEquals(List.of(2L, 1L), numbers(reloaded.after(0, 100)));
    assertTrue(
        kept.get(1L).values().stream()
            .allMatch(value -> value.getClass().getClassLoader() == null));
  }

  private static List<Long> numbers(List<InboxMail> mails) {
    return mails.stream().map(InboxMail::number).toList();
  }

  private static ReceivedMessage mail(int bytes) {
    return new ReceivedMessage("a@x.test", List.of("b@y.test"), new byte[bytes]);
  }
}
