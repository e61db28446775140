package dev.postrider.support.smtpserver;

import java.util.Map;
import java.util.regex.Pattern;

/** What the server offers in reply to EHLO, and the parameters of MAIL that come with it. */
final class EhloReply {

  private static final Map<Extension, Pattern> PARAMETERS =
      Map.of(
          Extension.SIZE, Pattern.compile("(?i)SIZE=\\d{1,18}"),
          Extension.EIGHT_BIT_MIME, Pattern.compile("(?i)BODY=(7BIT|8BITMIME)"),
          Extension.SMTPUTF8, Pattern.compile("(?i)SMTPUTF8"),
          Extension.AUTH, Pattern.compile("(?i)AUTH=.+"));

  private final MailServerOptions options;

  EhloReply(MailServerOptions options) {
    this.options = options;
  }

  /** The lines of the reply, the server's name first. */
  String lines(String name, boolean tls) {
    StringBuilder lines = new StringBuilder("250-").append(name);
    for (Extension extension : Extension.values()) {
      if (options.offers(extension) && !(tls && extension == Extension.STARTTLS)) {
        lines.append("\r\n250-").append(extension.keyword()).append(detail(extension));
      }
    }
    int last = lines.lastIndexOf("250-");
    return lines.replace(last, last + 4, "250 ").toString();
  }

  /** Whether a parameter of MAIL belongs to an extension on offer and is well-formed. */
  boolean understands(String parameter) {
    return PARAMETERS.keySet().stream()
        .filter(options::offers)
        .anyMatch(extension -> PARAMETERS.get(extension).matcher(parameter).matches());
  }

  private String detail(Extension extension) {
    return switch (extension) {
      case SIZE -> " " + options.sizeMax();
      case AUTH -> " " + Sasl.MECHANISMS;
      default -> "";
    };
  }
}
