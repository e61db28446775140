package dev.postrider.queue;

import dev.postrider.queue.deadletter.DeadLetterStream.Kind;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import java.util.List;
import java.util.stream.Stream;

/** Turns settlements of one queue and one outcome into the call of their script. */
public final class SettleCall {

  private static final Script REMOVE = Script.withCommon("settle-done");
  private static final Script SCHEDULE = Script.withCommon("settle-parked");
  private static final Script DEAD_LETTER = Script.withCommon("settle-dead-letter");

  private final String consumer;
  private final QueueSettings settings;

  public SettleCall(String consumer, QueueSettings settings) {
    this.consumer = consumer;
    this.settings = settings;
  }

  public Script.Call call(List<Settlement> batch) {
    Settlement first = batch.get(0);
    Script.Call call = first.disposition().match(new Start(first));
    EachMail eachMail = new EachMail(call);
    batch.forEach(eachMail::add);
    return call;
  }

  /** The script, its keys and the arguments that all mails share. */
  private final class Start implements Disposition.Cases<Script.Call> {

    private final String outcome;
    private final Keys keys;

    Start(Settlement first) {
      outcome = first.outcome();
      keys = new Keys(settings.prefix(), first.entry().queue());
    }

    @Override
    public Script.Call remove() {
      return call(REMOVE);
    }

    @Override
    public Script.Call schedule(Disposition.Schedule schedule) {
      return call(SCHEDULE, keys.schedule(), keys.parked());
    }

    @Override
    public Script.Call deadLetter(Disposition.DeadLetter deadLetter) {
      String stream = deadLetter.kind() == Kind.DEAD ? keys.dead() : keys.held();
      return call(DEAD_LETTER, stream).arg(settings.deadLettersMax());
    }

    private Script.Call call(Script script, String... more) {
      Stream<String> common =
          Stream.of(
              keys.ready(), keys.events(), keys.history(), keys.olderHistory(), keys.totals());
      return script
          .on(Stream.concat(common, Stream.of(more)).toArray(String[]::new))
          .arg(Keys.GROUP)
          .arg(consumer)
          .arg(settings.eventsMax())
          .arg(settings.historyMax())
          .arg(outcome);
    }
  }

  /** The arguments of each mail. */
  private record EachMail(Script.Call call) implements Disposition.Cases<Script.Call> {

    void add(Settlement settlement) {
      call.arg(settlement.entry().id())
          .arg(settlement.entry().expectedIntent())
          .arg(settlement.mailId())
          .arg(settlement.fields().size());
      settlement.fields().forEach(call::arg);
      settlement.disposition().match(this);
    }

    @Override
    public Script.Call remove() {
      return call;
    }

    @Override
    public Script.Call schedule(Disposition.Schedule schedule) {
      return call.arg(schedule.due().notation()).arg(schedule.parked());
    }

    @Override
    public Script.Call deadLetter(Disposition.DeadLetter deadLetter) {
      call.arg(deadLetter.fields().size());
      deadLetter.fields().forEach(call::arg);
      return call;
    }
  }
}
