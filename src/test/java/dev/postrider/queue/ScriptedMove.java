package dev.postrider.queue;

import dev.postrider.queue.consumer.LeaseTerm;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.queue.consumer.SendIntents;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.Enqueuer;
import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import dev.postrider.schedule.Schedule;
import dev.postrider.support.Terms;
import dev.postrider.support.redis.RedisFixture;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything a script does with a mail: where it is before, and what moves it. */
enum ScriptedMove {
  SENT(1, 0) {
    @Override
    Uni<?> run(Link link) {
      return settle(link, "sent", new Disposition.Remove());
    }
  },
  SKIPPED(1, 0) {
    @Override
    Uni<?> run(Link link) {
      return settle(link, "skipped", new Disposition.Remove());
    }
  },
  DEFERRED(1, 1) {
    @Override
    Uni<?> run(Link link) {
      byte[] parked = utf8(ENTRY + "\n" + Copies.MAIL);
      Disposition.Due due = Disposition.Due.in(Duration.ofHours(1), Optional.empty());
      return settle(link, "deferred", new Disposition.Schedule(due, parked));
    }
  },
  DEAD(1, 1) {
    @Override
    Uni<?> run(Link link) {
      return settle(link, "dead", deadLetter(DeadLetterStream.Kind.DEAD));
    }
  },
  HELD(1, 1) {
    @Override
    Uni<?> run(Link link) {
      return settle(link, "held", deadLetter(DeadLetterStream.Kind.HELD));
    }
  },
  PROMOTED(1, 1) {
    @Override
    void prepare(RedisFixture redis) {
      redis.command("HSET", "mail:{q}:parked", "a", ENTRY + "\n" + Copies.MAIL);
      redis.command("ZADD", "mail:{q}:schedule", 1, "a");
    }

    @Override
    boolean isRead() {
      return false;
    }

    @Override
    Uni<?> run(Link link) {
      return new Schedule(new Keys("mail", "q")).promote(link);
    }
  },
  RETRIED(1, 1) {
    @Override
    void prepare(RedisFixture redis) {
      addDead(redis);
    }

    @Override
    boolean isRead() {
      return false;
    }

    @Override
    Uni<?> run(Link link) {
      DeadLetters all = new DeadLetters(link, SETTINGS);
      return all.page(DEAD_LETTERS, Optional.empty(), 9)
          .chain(page -> all.retry(DEAD_LETTERS, page.deadLetters()));
    }
  },
  DISCARDED(1, 0) {
    @Override
    void prepare(RedisFixture redis) {
      addDead(redis);
    }

    @Override
    Uni<?> run(Link link) {
      DeadLetters all = new DeadLetters(link, SETTINGS);
      return all.page(DEAD_LETTERS, Optional.empty(), 9)
          .chain(page -> all.discard(DEAD_LETTERS, page.deadLetters()));
    }
  },
  TAKEN_OVER(1, 1) {
    @Override
    Uni<?> run(Link link) {
      return takeOver(link);
    }
  },
  POISONED(1, 1) {
    @Override
    void prepare(RedisFixture redis) {
      super.prepare(redis);
      redis.command("XCLAIM", READY, "postrider", "me", 0, ENTRY, "RETRYCOUNT", 5, "JUSTID");
    }

    @Override
    Uni<?> run(Link link) {
      return takeOver(link);
    }
  },
  READ_AGAIN(1, 1) {
    @Override
    Uni<?> run(Link link) {
      return reader().pending(link, "q", "0", 9, true);
    }
  },
  UNTRIED(1, 1) {
    @Override
    Uni<?> run(Link link) {
      return reader().markUntried(link, "q", List.of(ENTRY));
    }
  },
  INTENDED(1, 1) {
    @Override
    Uni<?> run(Link link) {
      return new SendIntents(link, "mail", "me").record(entry());
    }
  },
  LEFT_FOR_NEWER(1, 1) {
    @Override
    void prepare(RedisFixture redis) {
      redis.command("XADD", READY, ENTRY, "format", "2", "mail", Copies.MAIL);
      read(redis);
    }

    @Override
    Uni<?> run(Link link) {
      return reader().pending(link, "q", "0", 9, true);
    }
  },
  ACCEPTED(0, 1) {
    @Override
    void prepare(RedisFixture redis) {}

    @Override
    boolean isRead() {
      return false;
    }

    @Override
    Uni<?> run(Link link) {
      Enqueuer.Bounds bounds = new Enqueuer.Bounds(0, Duration.ofHours(1), 9);
      EnqueueRequest request =
          new EnqueueRequest(
              utf8(Copies.MAIL), Optional.of("a"), Optional.of("key"), Optional.empty());
      return new Enqueuer(link, "mail", bounds).enqueue("q", List.of(request));
    }
  };

  private static final String READY = "mail:{q}:ready";
  private static final String ENTRY = "1700000000000-0";
  private static final DeadLetterStream DEAD_LETTERS =
      new DeadLetterStream("q", DeadLetterStream.Kind.DEAD);
  private static final QueueSettings SETTINGS =
      new QueueSettings("mail", 100, 100, 100, Duration.ofSeconds(15));
  private static final LeaseTerm TERM = Terms.lasting();

  private final long before;
  private final long copies;

  ScriptedMove(long before, long copies) {
    this.before = before;
    this.copies = copies;
  }

  /** Copies of the mail before the move. */
  long before() {
    return before;
  }

  /** Copies of the mail once the move was done. */
  long copies() {
    return copies;
  }

  /** True if the mail is pending for a consumer while it is in the stream. */
  boolean isRead() {
    return true;
  }

  /** Puts the mail where the move finds it. */
  void prepare(RedisFixture redis) {
    redis.command("XADD", READY, ENTRY, "mail", Copies.MAIL);
    read(redis);
  }

  /** Moves it; harmless if it was moved already. */
  abstract Uni<?> run(Link link);

  private static void read(RedisFixture redis) {
    redis.command("XREADGROUP", "GROUP", "postrider", "me", "COUNT", 1, "STREAMS", READY, ">");
  }

  private static void addDead(RedisFixture redis) {
    redis.command(
        "XADD",
        "mail:{q}:dead",
        "*",
        "id",
        "a",
        "at",
        "1",
        "reason",
        "refused",
        "progress",
        ENTRY,
        "mail",
        Copies.MAIL);
  }

  private static Entry entry() {
    return new Entry(
        "q",
        ENTRY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Entry.Reading.first(TERM));
  }

  private static GroupReader reader() {
    return new GroupReader("mail", "me", queue -> TERM, (queue, newer) -> {});
  }

  private static Uni<?> settle(Link link, String outcome, Disposition disposition) {
    Settlement settlement = new Settlement(entry(), "a", outcome, disposition, List.of());
    return new SettleCall("me", SETTINGS).call(List.of(settlement)).run(link);
  }

  private static Disposition deadLetter(DeadLetterStream.Kind kind) {
    return new Disposition.DeadLetter(kind, List.of(utf8("reason"), utf8("refused")));
  }

  private static Uni<?> takeOver(Link link) {
    Reclaim.Takeover takeover = new Reclaim.Takeover("q", "me", "other");
    return new Reclaim(link, SETTINGS).reclaim(takeover, 9, true);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
