package dev.postrider.cli.enqueue;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.OutputOption;
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

/** {@code enqueue}: adds one mail to a queue, or one for each line of its input. */
@Command(
    name = "enqueue",
    description = {
      "Adds mail to a queue: from options, or as JSON from a file or standard input.",
      "If the first line of the file is a whole mail, each line is one (NDJSON).",
      "All mail is checked before any is added."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "  postrider enqueue --from hi@acme.test --to ana@example.test --text Hello",
      "  postrider enqueue mail.json",
      "  generate-mails | postrider enqueue --skip-invalid -"
    })
public final class EnqueueCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "JSON of one mail, or one in each line; - or nothing for standard input.")
  private Optional<String> file = Optional.empty();

  @ArgGroup(exclusive = false, heading = "One mail from options:%n")
  private MailOptions mail;

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      defaultValue = QueueSettings.DEFAULT_QUEUE,
      description = "To this queue (default: ${DEFAULT-VALUE}).")
  private String queue;

  @Option(
      names = "--skip-invalid",
      description = "Adds the valid mails even if others are invalid; the exit status is still 1.")
  private boolean skipInvalid;

  @Option(names = "--dry-run", description = "Only checks, adds nothing.")
  private boolean dryRun;

  @Mixin private OutputOption output;

  public EnqueueCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    String name = context.queue(queue);
    MailInput.Content content = content();
    MailValidation validation = new MailValidation(codec(), context.routes(), context.terminal());
    List<EnqueueRequest> valid = validation.validate(content);
    if (validation.refused() > 0 && !skipInvalid) {
      context.terminal().message("postrider: nothing was added; correct the mail and try again.");
      return Exit.FAILED;
    }
    EnqueueReport report = new EnqueueReport(name, content.mails().size(), validation.refused());
    if (!dryRun) {
      new EnqueueSender(context, name).send(valid, report);
    }
    print(report);
    return validation.refused() == 0 && !report.full() ? Exit.DONE : Exit.FAILED;
  }

  private MailInput.Content content() throws IOException {
    if (mail == null) {
      return MailInput.read(file, context.terminal().in());
    }
    if (file.isPresent()) {
      throw Exit.wrongUsage("Mail comes from a file or from options, not from both.");
    }
    return new MailInput.Content(List.of(mail.json()), false);
  }

  private MailCodec codec() {
    long mailSize = context.settings().limits().mailSize().asLongValue();
    return new MailCodec(MailLimits.STANDARD.withMailSize(mailSize));
  }

  private void print(EnqueueReport report) {
    if (dryRun) {
      output.print(context.terminal(), "valid: " + report.read(), Map.of("valid", report.read()));
    } else if (report.read() == 1 && report.last().isPresent()) {
      print(report.last().get());
    } else {
      output.print(context.terminal(), report.sentence(), report.json());
    }
  }

  private void print(EnqueueResult result) {
    boolean known = result.answer() == EnqueueResult.Answer.DUPLICATE;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", result.id());
    json.put("queue", queue);
    json.put("known", known);
    output.print(
        context.terminal(),
        result.id() + (known ? " was added before" : " was added to " + queue),
        json);
  }
}
