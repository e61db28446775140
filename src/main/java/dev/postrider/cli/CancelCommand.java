package dev.postrider.cli;

import dev.postrider.event.Timeline;
import dev.postrider.guard.Guards;
import dev.postrider.mail.NameRules;
import dev.postrider.queue.admin.MailLocation;
import dev.postrider.queue.admin.MailLookup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cancel}: a mail will be skipped when its turn comes. */
@Command(
    name = "cancel",
    description = {
      "Cancels a mail: it is skipped when its turn comes.",
      "An unknown id is cancelled too: the mail may be added later."
    },
    mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(paramLabel = "ID", description = "The mail's own id, or its entry's.")
  private String id;

  @Mixin private OutputOption output;

  CancelCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!NameRules.isMailId(id)) {
      throw Exit.wrongUsage("The id of a mail matches %s.".formatted(NameRules.MAIL_ID));
    }
    Optional<MailLocation> found =
        context.await(new MailLookup(context.link(), context.prefix()).find(context.queues(), id));
    refuseEnded(found);
    Guards guards =
        new Guards(context.link(), context.prefix(), context.settings().idempotency().keep());
    context.await(guards.cancel(id));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("known", found.isPresent());
    json.put("cancelled", true);
    output.print(context.terminal(), sentence(found.isPresent()), json);
    return Exit.DONE;
  }

  private void refuseEnded(Optional<MailLocation> found) {
    found
        .filter(mailLocation -> mailLocation.due().isEmpty())
        .flatMap(mailLocation -> Timeline.parse(mailLocation.timeline()).end())
        .map(Timeline.StateChange::type)
        .ifPresent(this::refuse);
  }

  private void refuse(String end) {
    throw Exit.failed("Mail %s has ended: it is %s.".formatted(id, end));
  }

  private String sentence(boolean known) {
    return known
        ? id + " will be skipped when its turn comes"
        : id + " is unknown; it will be skipped if it is added later";
  }
}
