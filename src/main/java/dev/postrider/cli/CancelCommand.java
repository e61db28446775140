package dev.postrider.cli;

import dev.postrider.event.Timeline;
import dev.postrider.guard.Guards;
import dev.postrider.queue.Finder;
import dev.postrider.queue.Finding;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cancel}: a mail will be skipped when its turn comes, wherever it waits. */
@Command(
    name = "cancel",
    description = {
      "Cancels a mail: it is skipped when its turn comes, wherever it waits.",
      "An id that nobody knows yet is cancelled too, for the mail may still be on its way."
    },
    mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {

  private static final Pattern MAIL_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Set<String> ENDS = Set.of("sent", "skipped", "dead", "held");

  private final Desk desk;

  @Parameters(paramLabel = "ID", description = "The mail's own id, or its entry's.")
  private String id;

  @Mixin private OutputOption output;

  CancelCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (!MAIL_ID.matcher(id).matches()) {
      throw new WrongUsage("The id of a mail matches %s.".formatted(MAIL_ID.pattern()));
    }
    Optional<Finding> found = desk.await(find(desk.queues()));
    refuseEnded(found);
    Guards guards = new Guards(desk.link(), desk.prefix(), desk.settings().idempotency().keep());
    desk.await(guards.cancel(id));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("known", found.isPresent());
    json.put("cancelled", true);
    output.print(desk.terminal(), sentence(found.isPresent()), json);
    return Exit.DONE;
  }

  private Uni<Optional<Finding>> find(List<String> queues) {
    Finder finder = new Finder(desk.link(), desk.prefix());
    return Uni.join()
        .all(queues.stream().map(queue -> finder.find(queue, id)).toList())
        .andFailFast()
        .map(findings -> findings.stream().filter(Finding::known).findFirst());
  }

  private void refuseEnded(Optional<Finding> found) {
    found
        .filter(finding -> finding.due().isEmpty())
        .flatMap(finding -> Timeline.read(finding.timeline()).last())
        .map(Timeline.Moment::type)
        .filter(ENDS::contains)
        .ifPresent(this::refuse);
  }

  private void refuse(String end) {
    throw new CommandFailed(
        "Mail %s has ended already: it is %s, and nothing is left to cancel.".formatted(id, end));
  }

  private String sentence(boolean known) {
    return known
        ? id + " will be skipped when its turn comes"
        : id + " is not known yet; it will be skipped if it comes";
  }
}
