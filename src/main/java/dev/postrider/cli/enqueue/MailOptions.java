package dev.postrider.cli.enqueue;

import dev.postrider.cli.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of one mail, named as in its JSON. */
final class MailOptions {

  @Option(names = "--from", paramLabel = "MAILBOX", description = "Such as 'Acme <hi@acme.test>'.")
  private String from;

  @Option(names = "--to", paramLabel = "MAILBOX", description = "May be repeated.")
  private List<String> to;

  @Option(names = "--cc", paramLabel = "MAILBOX", description = "Gets a copy; may be repeated.")
  private List<String> cc;

  @Option(
      names = "--bcc",
      paramLabel = "MAILBOX",
      description = "Gets a hidden copy; may be repeated.")
  private List<String> bcc;

  @Option(names = "--reply-to", paramLabel = "MAILBOX", description = "Address for replies.")
  private List<String> replyTo;

  @Option(names = "--subject", paramLabel = "TEXT", description = "One line.")
  private String subject;

  @Option(names = "--text", paramLabel = "TEXT", description = "Content as plain text.")
  private String text;

  @Option(names = "--html", paramLabel = "HTML", description = "Content as HTML.")
  private String html;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Send not before, RFC 3339 with offset.")
  private String at;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "Skip after, RFC 3339 with offset.")
  private String expires;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Id of the mail (default: that of its entry).")
  private String id;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Accepted once for each key.")
  private String idempotencyKey;

  @Option(
      names = "--only-if",
      paramLabel = "TOPIC=VERSION",
      description = "Send only if the topic has this version.")
  private Map<String, Long> onlyIf;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "An additional header field.")
  private Map<String, String> headers;

  @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "Echoed in events.")
  private Map<String, String> tags;

  @Option(names = "--route", paramLabel = "ROUTE", description = "Use this configured route.")
  private String route;

  @Option(
      names = "--hold-if-unknown",
      description = "If the reply of the server is lost: hold the mail, do not send it again.")
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
