package dev.postrider.queue;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import java.util.Arrays;
import java.util.List;

/** Turns settlements of one queue and one outcome into the call of their script. */
public final class SettleCall {

  private static final Script DONE = Script.announcing("settle-done");
  private static final Script PARKED = Script.announcing("settle-parked");
  private static final Script BURIED = Script.announcing("settle-buried");

  private final String consumer;
  private final QueueSettings settings;

  public SettleCall(String consumer, QueueSettings settings) {
    this.consumer = consumer;
    this.settings = settings;
  }

  public Script.Call call(List<Settlement> lot) {
    Settlement first = lot.get(0);
    Keys keys = new Keys(settings.prefix(), first.entry().queue());
    Script.Call call = open(first, keys);
    call.arg(Keys.GROUP)
        .arg(consumer)
        .arg(settings.eventsMax())
        .arg(settings.historyMax())
        .arg(first.outcome());
    if (first.disposition() instanceof Disposition.DeadLetter) {
      call.arg(settings.buriedMax());
    }
    lot.forEach(settlement -> add(call, settlement));
    return call;
  }

  private Script.Call open(Settlement first, Keys keys) {
    String[] common = {
      keys.ready(), keys.events(), keys.history(), keys.olderHistory(), keys.totals()
    };
    if (first.disposition() instanceof Disposition.Schedule) {
      return PARKED.on(with(common, keys.schedule(), keys.parked()));
    }
    if (first.disposition() instanceof Disposition.DeadLetter deadLetter) {
      return BURIED.on(with(common, deadLetter.held() ? keys.held() : keys.dead()));
    }
    return DONE.on(common);
  }

  private static String[] with(String[] common, String... more) {
    String[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return all;
  }

  private static void add(Script.Call call, Settlement settlement) {
    call.arg(settlement.entry().id()).arg(settlement.mailId()).arg(settlement.words().size());
    settlement.words().forEach(call::arg);
    if (settlement.disposition() instanceof Disposition.Schedule schedule) {
      call.arg(schedule.due().notation()).arg(schedule.parked());
    }
    if (settlement.disposition() instanceof Disposition.DeadLetter deadLetter) {
      call.arg(deadLetter.fields().size());
      deadLetter.fields().forEach(call::arg);
    }
  }
}
