package dev.postrider.docs;

import dev.postrider.event.EventFields;
import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import dev.postrider.mail.json.MailCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The fields and the types of events, asked of those that write them. */
final class DocumentedEventFields {

  private static final Pattern ADDED_EVENT = Pattern.compile("add_event\\(report, [^\\n]*");
  private static final Pattern FIELD = Pattern.compile("'([a-z_]+)', (?:'[a-z]+'|[a-z]+)");
  private static final Pattern TYPE = Pattern.compile("'type', '([a-z]+)'");

  private static final DoneRecipients DONE = new DoneRecipients(Set.of(2), Map.of(3, 550));

  private DocumentedEventFields() {}

  /** What a worker may report and what the scripts put before it. */
  static Set<String> names() throws IOException, InvalidMail {
    Set<String> names = new TreeSet<>(wordsOfWorker());
    addedEvents().flatMap(line -> groups(FIELD, line)).forEach(names::add);
    return names;
  }

  /** Outcomes, and what only scripts report. */
  static Set<String> types() throws IOException {
    Set<String> types = new TreeSet<>();
    outcomes().map(Outcome::word).forEach(types::add);
    types.add("scheduled");
    addedEvents().flatMap(line -> groups(TYPE, line)).forEach(types::add);
    return types;
  }

  private static Set<String> wordsOfWorker() throws InvalidMail {
    Optional<Mail> mail = Optional.of(labelled());
    Set<String> names = new TreeSet<>();
    for (Outcome outcome : outcomes().toList()) {
      List<String> words = new EventFields().of(outcome, mail, 1, 5, DONE);
      IntStream.range(0, words.size() / 2).forEach(i -> names.add(words.get(2 * i)));
    }
    return names;
  }

  private static Stream<Outcome> outcomes() {
    Receipt replied =
        new Receipt(
            "default", List.of(answer(0, Optional.of(reply())), answer(1, Optional.of(reply()))));
    Receipt silent = new Receipt("default", List.of(answer(0, Optional.empty())));
    return Stream.of(
        new Outcome.Sent(replied),
        new Outcome.SentInPart(Reason.EXPIRED),
        new Outcome.Skipped(Reason.EXPIRED),
        new Outcome.Deferred(Reason.TRANSIENT, Duration.ofSeconds(1), true, silent),
        new Outcome.Dead(Reason.INVALID, "/to", "missing", Optional.of(replied)),
        new Outcome.Held(silent));
  }

  private static Answer answer(int place, Optional<ServerReply> reply) {
    return new Answer(place, Fate.REFUSED, "envelope", reply, reply.isPresent() ? "" : "silence");
  }

  private static ServerReply reply() {
    return new ServerReply(550, Optional.of("5.1.1"), "No such user");
  }

  private static Mail labelled() throws InvalidMail {
    String json =
        "{\"from\":\"a@b.test\",\"to\":\"c@d.test\",\"text\":\"\",\"tags\":{\"a\":\"b\"},\"metadata\":{\"a\":\"b\"}}";
    return new MailCodec(MailLimits.STANDARD).decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<String> addedEvents() throws IOException {
    try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/lua"))) {
      StringBuilder all = new StringBuilder();
      for (Path script : scripts.sorted().toList()) {
        all.append(Files.readString(script)).append('\n');
      }
      return ADDED_EVENT.matcher(all).results().map(MatchResult::group).toList().stream();
    }
  }

  private static Stream<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList().stream();
  }
}
