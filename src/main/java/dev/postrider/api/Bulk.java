package dev.postrider.api;

import dev.postrider.api.BulkRequest.Action;
import dev.postrider.api.reply.BulkReply;
import dev.postrider.guard.Guards;
import dev.postrider.queue.Grave;
import dev.postrider.queue.Graveyard;
import dev.postrider.queue.Plot;
import dev.postrider.schedule.Agenda.Appointment;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Does the same to many mails, a bounded number with each call; the cursor leads to the rest. */
@Singleton
final class Bulk {

  private static final Logger LOG = Logger.getLogger(Bulk.class);

  private final Lists lists;
  private final Graveyard graveyard;
  private final Guards guards;

  Bulk(Lists lists, Graveyard graveyard, Guards guards) {
    this.lists = lists;
    this.graveyard = graveyard;
    this.guards = guards;
  }

  /**
   * Acts on at most {@link Lists#PAGE_MAX} mails.
   *
   * @param queues which the filter names
   * @param role whose token asks for it
   */
  @CheckReturnValue
  Uni<BulkReply> run(List<String> queues, BulkRequest request, String role) {
    Uni<BulkReply> done =
        request.action() == Action.CANCEL ? cancel(queues, request) : bury(queues, request);
    return done.invoke(reply -> audit(reply, queues, role));
  }

  private Uni<BulkReply> cancel(List<String> queues, BulkRequest request) {
    return lists
        .scheduled(queues, request.cursor(), Lists.PAGE_MAX)
        .chain(page -> cancel(request, page));
  }

  private Uni<BulkReply> cancel(BulkRequest request, Lists.Page<Appointment> page) {
    List<String> ids = page.mails().stream().map(Appointment::mailId).distinct().toList();
    Uni<Void> cancelled = request.dryRun() ? Uni.createFrom().voidItem() : guards.cancelAll(ids);
    int changed = request.dryRun() ? 0 : page.mails().size();
    return cancelled.replaceWith(() -> reply(request, page.mails().size(), changed, page.next()));
  }

  private Uni<BulkReply> bury(List<String> queues, BulkRequest request) {
    List<Plot> plots = queues.stream().flatMap(queue -> plots(queue, request).stream()).toList();
    return lists
        .buried(plots, request.filter()::names, request.cursor(), Lists.PAGE_MAX)
        .chain(page -> act(request, page));
  }

  private static List<Plot> plots(String queue, BulkRequest request) {
    return request.filter().kinds().stream().map(kind -> new Plot(queue, kind)).toList();
  }

  private Uni<BulkReply> act(BulkRequest request, Lists.Page<Grave> page) {
    List<List<Grave>> lots = request.dryRun() ? List.of() : lots(page.mails());
    return Multi.createFrom()
        .iterable(lots)
        .onItem()
        .transformToUniAndConcatenate(lot -> act(request.action(), lot))
        .collect()
        .with(Collectors.summingInt(Integer::intValue))
        .map(changed -> reply(request, page.mails().size(), changed, page.next()));
  }

  private Uni<Integer> act(Action action, List<Grave> lot) {
    Plot plot = lot.get(0).plot();
    Uni<List<Boolean>> done =
        action == Action.RETRY ? graveyard.retry(plot, lot) : graveyard.discard(plot, lot);
    return done.map(verdicts -> (int) verdicts.stream().filter(Boolean::booleanValue).count());
  }

  /** Each of one plot, none larger than a script call may be. */
  private static List<List<Grave>> lots(List<Grave> graves) {
    Map<Plot, List<List<Grave>>> lots = new LinkedHashMap<>();
    for (Grave grave : graves) {
      List<List<Grave>> own = lots.computeIfAbsent(grave.plot(), plot -> new ArrayList<>());
      if (own.isEmpty() || own.get(own.size() - 1).size() == Graveyard.LOT_MAX) {
        own.add(new ArrayList<>());
      }
      own.get(own.size() - 1).add(grave);
    }
    return lots.values().stream().flatMap(List::stream).toList();
  }

  private static BulkReply reply(
      BulkRequest request, int matched, int changed, Optional<String> next) {
    return new BulkReply(
        request.action().word(), request.dryRun(), matched, changed, next.orElse(null));
  }

  private static void audit(BulkReply reply, List<String> queues, String role) {
    if (!reply.dryRun()) {
      LOG.infof(
          "Bulk %s of %d mail(s) in %s by the %s token.",
          reply.action(), reply.changed(), String.join(", ", queues), role);
    }
  }
}
