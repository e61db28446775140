package dev.postrider.schedule;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the schedule page by page, what is due first first. Deferred mail is in it, too. */
public final class ScheduledMails {

  /** Most mails of one page. */
  public static final int PAGE_MAX = 1_000;

  private static final Script AGENDA = Script.named("agenda");

  private final Link link;
  private final String prefix;

  /**
   * @param prefix of every key
   */
  public ScheduledMails(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /**
   * A mail that waits for its time.
   *
   * @param queue where it waits
   * @param member its name in the schedule: its id, and more if another mail has the same
   * @param due when it is promoted, in ms by Redis's clock
   */
  public record ScheduledMail(String queue, String member, long due) {

    /** The mail's name in events and history. */
    public String mailId() {
      int twin = member.indexOf('#');
      return twin < 0 ? member : member.substring(0, twin);
    }
  }

  /**
   * A page of one queue's schedule.
   *
   * @param after the last one of the page before
   * @param atMost mails, up to {@value #PAGE_MAX}
   * @return fewer than {@code atMost} only if there are no more
   */
  @CheckReturnValue
  public Uni<List<ScheduledMail>> page(String queue, Optional<ScheduledMail> after, int atMost) {
    return AGENDA
        .on(new Keys(prefix, queue).schedule())
        .arg(after.map(ScheduledMail::member).orElse(""))
        .arg(after.map(ScheduledMail::due).orElse(0L))
        .arg(Math.min(atMost, PAGE_MAX))
        .run(link)
        .map(reply -> read(queue, reply));
  }

  private static List<ScheduledMail> read(String queue, Response reply) {
    List<ScheduledMail> page = new ArrayList<>();
    for (int i = 0; i + 1 < reply.size(); i += 2) {
      page.add(new ScheduledMail(queue, reply.get(i).toString(), reply.get(i + 1).toLong()));
    }
    return page;
  }
}
