package dev.postrider.cli.enqueue;

import dev.postrider.cli.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** One mail in options, named as in its JSON; what they contain is checked with the whole. */
final class MailOptions {

  @Option(names = "--from", paramLabel = "MAILBOX", description = "Such as 'Acme <hi@acme.test>'.")
  private String from;

  @Option(names = "--to", paramLabel = "MAILBOX", description = "May be repeated, as all lists.")
  private List<String> to;

  @Option(names = "--cc", paramLabel = "MAILBOX", description = "Gets a copy.")
  private List<String> cc;

  @Option(names = "--bcc", paramLabel = "MAILBOX", description = "Gets a copy unseen.")
  private List<String> bcc;

  @Option(names = "--reply-to", paramLabel = "MAILBOX", description = "Where answers go.")
  private List<String> replyTo;

  @Option(names = "--subject", paramLabel = "TEXT", description = "One line.")
  private String subject;

  @Option(names = "--text", paramLabel = "TEXT", description = "Content as plain text.")
  private String text;

  @Option(names = "--html", paramLabel = "HTML", description = "Content as HTML.")
  private String html;

  @Option(names = "--at", paramLabel = "TIME", description = "Not before, RFC 3339 with offset.")
  private String at;

  @Option(names = "--expires", paramLabel = "TIME", description = "Skipped after, RFC 3339.")
  private String expires;

  @Option(names = "--id", paramLabel = "ID", description = "Names the mail (default: its entry).")
  private String id;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Accepted once for each key.")
  private String idempotencyKey;

  @Option(
      names = "--only-if",
      paramLabel = "TOPIC=VERSION",
      description = "Sent only if the topic still has this version.")
  private Map<String, Long> onlyIf;

  @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header field of its own.")
  private Map<String, String> headers;

  @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "Echoed in events.")
  private Map<String, String> tags;

  @Option(names = "--route", paramLabel = "ROUTE", description = "Insists on a configured route.")
  private String route;

  @Option(
      names = "--hold-if-unknown",
      description = "Holds it, rather than send it twice, if the server's answer is lost.")
  private boolean hold;

  byte[] json() {
    Map<String, Object> mail = new LinkedHashMap<>();
    mail.put("from", from);
    mail.put("to", to);
    mail.put("cc", cc);
    mail.put("bcc", bcc);
    mail.put("reply_to", replyTo);
    mail.put("subject", subject);
    mail.put("text", text);
    mail.put("html", html);
    mail.put("headers", headers);
    mail.put("id", id);
    mail.put("idempotency_key", idempotencyKey);
    mail.put("scheduled_at", at);
    mail.put("expires_at", expires);
    mail.put("only_if", onlyIf);
    mail.put("on_unknown", hold ? "hold" : null);
    mail.put("route", route);
    mail.put("tags", tags);
    return JsonText.of(mail).getBytes(StandardCharsets.UTF_8);
  }
}
