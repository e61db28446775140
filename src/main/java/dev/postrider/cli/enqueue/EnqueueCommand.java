package dev.postrider.cli.enqueue;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.OutputOption;
import dev.postrider.cli.WrongUsage;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.EnqueueResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code enqueue}: brings one mail, or as many as there are lines. */
@Command(
    name = "enqueue",
    description = {
      "Brings mail: from options, or as JSON from a file or from standard input.",
      "A file whose first line is a whole mail brings one mail with each line (NDJSON).",
      "Everything is checked before anything is written."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "  postrider enqueue --from hi@acme.test --to ana@example.test --text Hello",
      "  postrider enqueue mail.json",
      "  generate-mails | postrider enqueue --skip-invalid -"
    })
public final class EnqueueCommand implements Callable<Integer> {

  private final CommandContext commandContext;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "JSON of one mail, or of one in each line; - or nothing for standard input.")
  private Optional<String> file = Optional.empty();

  @ArgGroup(exclusive = false, heading = "One mail from options:%n")
  private MailOptions mail;

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      defaultValue = QueueSettings.DEFAULT_QUEUE,
      description = "Where it waits (default: ${DEFAULT-VALUE}).")
  private String queue;

  @Option(
      names = "--skip-invalid",
      description =
          "Brings the valid mails even if others break a rule; exit status 1 all the same.")
  private boolean skipInvalid;

  @Option(names = "--dry-run", description = "Checks only, writes nothing.")
  private boolean dryRun;

  @Mixin private OutputOption output;

  public EnqueueCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() throws IOException {
    String name = commandContext.queue(queue);
    MailInput.Content content = content();
    MailValidation mailValidation = new MailValidation(codec(), commandContext.terminal());
    List<EnqueueRequest> sound = mailValidation.inspect(content);
    if (mailValidation.refused() > 0 && !skipInvalid) {
      commandContext
          .terminal()
          .note("postrider: nothing was enqueued; correct the mail and try again.");
      return Exit.FAILED;
    }
    EnqueueReport enqueueReport =
        new EnqueueReport(name, content.mails().size(), mailValidation.refused());
    if (!dryRun) {
      new EnqueueSender(commandContext, name).bring(sound, enqueueReport);
    }
    report(enqueueReport);
    return mailValidation.refused() == 0 && !enqueueReport.full() ? Exit.DONE : Exit.FAILED;
  }

  private MailInput.Content content() throws IOException {
    if (mail == null) {
      return MailInput.read(file, commandContext.terminal().in());
    }
    if (file.isPresent()) {
      throw new WrongUsage("Mail comes from a file or from options, not from both.");
    }
    return new MailInput.Content(List.of(mail.json()), false);
  }

  private MailCodec codec() {
    long mailSize = commandContext.settings().limits().mailSize().asLongValue();
    return new MailCodec(MailLimits.STANDARD.withMailSize(mailSize));
  }

  private void report(EnqueueReport enqueueReport) {
    if (dryRun) {
      output.print(
          commandContext.terminal(),
          "valid: " + enqueueReport.read(),
          Map.of("valid", enqueueReport.read()));
    } else if (enqueueReport.read() == 1 && enqueueReport.last().isPresent()) {
      reportOne(enqueueReport.last().get());
    } else {
      output.print(commandContext.terminal(), enqueueReport.sentence(), enqueueReport.json());
    }
  }

  private void reportOne(EnqueueResult enqueueResult) {
    boolean known = enqueueResult.answer() == EnqueueResult.Answer.DUPLICATE;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", enqueueResult.id());
    json.put("queue", queue);
    json.put("known", known);
    output.print(
        commandContext.terminal(),
        known
            ? enqueueResult.id() + " was there already"
            : enqueueResult.id() + " waits in " + queue,
        json);
  }
}
