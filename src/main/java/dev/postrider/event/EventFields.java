package dev.postrider.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The words of an event: names and values in turn, as the contract lists them. They hold no address
 * and no content; recipients are named by their place in the envelope.
 */
public final class EventFields {

  private final JsonFactory json = new JsonFactory();

  /**
   * @param attempt number of this try, from 1; 0 if the server was not asked
   * @param tookMs from reading the entry to the outcome
   * @param earlier recipients that were done before this attempt
   */
  public List<String> of(
      Outcome outcome, Optional<Mail> mail, int attempt, long tookMs, DoneRecipients earlier) {
    List<String> words = new ArrayList<>(20);
    if (attempt > 0) {
      add(words, "attempt", Integer.toString(attempt));
    }
    outcome.reasonIfAny().ifPresent(reason -> add(words, "reason", reason.word()));
    addIfAny(words, "pointer", outcome.pointer());
    addIfAny(words, "detail", outcome.detail());
    outcome.receiptIfAny().ifPresent(receipt -> addReceipt(words, outcome, receipt));
    if (!earlier.isEmpty()) {
      addDone(words, outcome.receiptIfAny().map(earlier::with).orElse(earlier));
    }
    add(words, "took_ms", Long.toString(tookMs));
    mail.ifPresent(known -> addIfAny(words, "tags", object(known.tags())));
    mail.ifPresent(known -> addIfAny(words, "metadata", object(known.metadata())));
    return words;
  }

  private void addReceipt(List<String> words, Outcome outcome, Receipt receipt) {
    add(words, "route", receipt.route());
    boolean hasDetail = !outcome.detail().isEmpty();
    decisive(outcome, receipt).ifPresent(answer -> addAnswer(words, answer, hasDetail));
    if (receipt.answers().size() > 1) {
      add(words, "recipients", recipients(receipt));
    }
  }

  private static Optional<Answer> decisive(Outcome outcome, Receipt receipt) {
    if (outcome.kind() == Outcome.Kind.SENT) {
      for (Answer answer : receipt.answers()) {
        if (answer.fate() == Fate.ACCEPTED) {
          return Optional.of(answer);
        }
      }
    }
    return receipt.decisiveAnswer();
  }

  private static void addAnswer(List<String> words, Answer answer, boolean hasDetail) {
    add(words, "phase", answer.phase());
    answer.reply().ifPresent(reply -> addReply(words, reply));
    if (answer.reply().isEmpty() && !hasDetail) {
      addIfAny(words, "detail", answer.cause());
    }
  }

  private static void addReply(List<String> words, Receipt.ServerReply reply) {
    add(words, "code", Integer.toString(reply.code()));
    reply.enhanced().ifPresent(enhanced -> add(words, "enhanced", enhanced));
    addIfAny(words, "reply", reply.text());
  }

  private String recipients(Receipt receipt) {
    return write(
        to -> {
          to.writeStartArray();
          for (Answer answer : receipt.answers()) {
            writeAnswer(to, answer);
          }
          to.writeEndArray();
        });
  }

  private static void writeAnswer(JsonGenerator to, Answer answer) throws IOException {
    to.writeStartObject();
    to.writeNumberField("recipient", answer.index());
    to.writeStringField("outcome", answer.fate().name().toLowerCase(Locale.ROOT));
    if (answer.reply().isPresent()) {
      Receipt.ServerReply reply = answer.reply().get();
      to.writeNumberField("code", reply.code());
      if (reply.enhanced().isPresent()) {
        to.writeStringField("enhanced", reply.enhanced().get());
      }
      to.writeStringField("reply", reply.text());
    }
    to.writeEndObject();
  }

  /** Of a mail that takes more than one attempt: whom none of the later ones asks again. */
  private void addDone(List<String> words, DoneRecipients done) {
    if (!done.accepted().isEmpty()) {
      add(words, "accepted", new TreeSet<>(done.accepted()).toString().replace(" ", ""));
    }
    if (!done.refused().isEmpty()) {
      add(words, "refused", refused(done.refused()));
    }
  }

  private String refused(Map<Integer, Integer> codes) {
    return write(
        to -> {
          to.writeStartArray();
          for (Map.Entry<Integer, Integer> refused : new TreeMap<>(codes).entrySet()) {
            to.writeStartObject();
            to.writeNumberField("recipient", refused.getKey());
            to.writeNumberField("code", refused.getValue());
            to.writeEndObject();
          }
          to.writeEndArray();
        });
  }

  private String object(Map<String, String> pairs) {
    return pairs.isEmpty()
        ? ""
        : write(
            to -> {
              to.writeStartObject();
              for (Map.Entry<String, String> pair : pairs.entrySet()) {
                to.writeStringField(pair.getKey(), pair.getValue());
              }
              to.writeEndObject();
            });
  }

  private String write(Content content) {
    StringWriter out = new StringWriter();
    try (JsonGenerator to = json.createGenerator(out)) {
      content.writeTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private interface Content {
    void writeTo(JsonGenerator to) throws IOException;
  }

  private static void addIfAny(List<String> words, String name, String value) {
    if (!value.isEmpty()) {
      add(words, name, value);
    }
  }

  private static void add(List<String> words, String name, String value) {
    words.add(name);
    words.add(value);
  }
}
