package dev.postrider.queue;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import java.util.Arrays;
import java.util.List;

/** Turns settlements of one queue and one outcome into the call of their script. */
final class SettleScripts {

  private static final Script DONE = Script.announcing("settle-done");
  private static final Script PARKED = Script.announcing("settle-parked");
  private static final Script BURIED = Script.announcing("settle-buried");

  private final String consumer;
  private final QueueSettings settings;

  SettleScripts(String consumer, QueueSettings settings) {
    this.consumer = consumer;
    this.settings = settings;
  }

  Script.Call call(List<Settlement> lot) {
    Settlement first = lot.get(0);
    Keys keys = new Keys(settings.prefix(), first.entry().queue());
    Script.Call call = open(first, keys);
    call.arg(Keys.GROUP)
        .arg(consumer)
        .arg(settings.eventsMax())
        .arg(settings.historyMax())
        .arg(first.outcome());
    if (first.move() instanceof Move.Bury) {
      call.arg(settings.buriedMax());
    }
    lot.forEach(settlement -> add(call, settlement));
    return call;
  }

  private Script.Call open(Settlement first, Keys keys) {
    String[] common = {
      keys.ready(), keys.events(), keys.history(), keys.olderHistory(), keys.totals()
    };
    if (first.move() instanceof Move.Park) {
      return PARKED.on(with(common, keys.schedule(), keys.parked()));
    }
    if (first.move() instanceof Move.Bury bury) {
      return BURIED.on(with(common, bury.held() ? keys.held() : keys.dead()));
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
    if (settlement.move() instanceof Move.Park park) {
      call.arg(park.due().notation()).arg(park.parked());
    }
    if (settlement.move() instanceof Move.Bury bury) {
      call.arg(bury.fields().size());
      bury.fields().forEach(call::arg);
    }
  }
}
