package dev.postrider.cli;

import dev.postrider.mail.MailCodec;
import dev.postrider.mail.MailLimits;
import dev.postrider.queue.Acceptance;
import dev.postrider.queue.Submission;
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
final class EnqueueCommand implements Callable<Integer> {

  private final Desk desk;

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
      defaultValue = "default",
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

  EnqueueCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws IOException {
    String name = desk.queue(queue);
    MailInput.Content content = content();
    Inspection inspection = new Inspection(codec(), desk.terminal());
    List<Submission> sound = inspection.inspect(content);
    if (inspection.refused() > 0 && !skipInvalid) {
      desk.terminal().note("postrider: nothing was enqueued; correct the mail and try again.");
      return Exit.FAILED;
    }
    Delivered delivered = new Delivered(name, content.mails().size(), inspection.refused());
    if (!dryRun) {
      new Bringer(desk, name).bring(sound, delivered);
    }
    report(delivered);
    return inspection.refused() == 0 && !delivered.full() ? Exit.DONE : Exit.FAILED;
  }

  private MailInput.Content content() throws IOException {
    if (mail == null) {
      return MailInput.read(file, desk.terminal().in());
    }
    if (file.isPresent()) {
      throw new WrongUsage("Mail comes from a file or from options, not from both.");
    }
    return new MailInput.Content(List.of(mail.json()), false);
  }

  private MailCodec codec() {
    MailLimits standard = MailLimits.STANDARD;
    return new MailCodec(
        new MailLimits(
            Math.toIntExact(desk.settings().limits().mailSize().asLongValue()),
            standard.recipients(),
            standard.headers(),
            standard.attachments()));
  }

  private void report(Delivered delivered) {
    if (dryRun) {
      output.print(
          desk.terminal(), "valid: " + delivered.read(), Map.of("valid", delivered.read()));
    } else if (delivered.read() == 1 && delivered.last().isPresent()) {
      reportOne(delivered.last().get());
    } else {
      output.print(desk.terminal(), delivered.sentence(), delivered.json());
    }
  }

  private void reportOne(Acceptance acceptance) {
    boolean known = acceptance.answer() == Acceptance.Answer.KNOWN;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", acceptance.id());
    json.put("queue", queue);
    json.put("known", known);
    output.print(
        desk.terminal(),
        known ? acceptance.id() + " was there already" : acceptance.id() + " waits in " + queue,
        json);
  }
}
