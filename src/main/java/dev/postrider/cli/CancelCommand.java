package dev.postrider.cli;

import dev.postrider.event.Timeline;
import dev.postrider.guard.Guards;
import dev.postrider.mail.NameRules;
import dev.postrider.queue.admin.MailLocation;
import dev.postrider.queue.admin.MailLookup;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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

  private static final Set<String> ENDS = Set.of("sent", "skipped", "dead", "held");

  private final CommandContext commandContext;

  @Parameters(paramLabel = "ID", description = "The mail's own id, or its entry's.")
  private String id;

  @Mixin private OutputOption output;

  CancelCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    if (!NameRules.isMailId(id)) {
      throw new WrongUsage("The id of a mail matches %s.".formatted(NameRules.MAIL_ID));
    }
    Optional<MailLocation> found = commandContext.await(find(commandContext.queues()));
    refuseEnded(found);
    Guards guards =
        new Guards(
            commandContext.link(),
            commandContext.prefix(),
            commandContext.settings().idempotency().keep());
    commandContext.await(guards.cancel(id));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("known", found.isPresent());
    json.put("cancelled", true);
    output.print(commandContext.terminal(), sentence(found.isPresent()), json);
    return Exit.DONE;
  }

  private Uni<Optional<MailLocation>> find(List<String> queues) {
    MailLookup mailLookup = new MailLookup(commandContext.link(), commandContext.prefix());
    return Uni.join()
        .all(queues.stream().map(queue -> mailLookup.find(queue, id)).toList())
        .andFailFast()
        .map(mailLocations -> mailLocations.stream().filter(MailLocation::isKnown).findFirst());
  }

  private void refuseEnded(Optional<MailLocation> found) {
    found
        .filter(mailLocation -> mailLocation.due().isEmpty())
        .flatMap(mailLocation -> Timeline.parse(mailLocation.timeline()).last())
        .map(Timeline.StateChange::type)
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
