package dev.postrider.mime;

import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code cid:} URLs by which the HTML of a mail shows its images (RFC 2392). A URL may leave
 * the author's domain out; it is written with it, because mail clients compare the whole id.
 */
final class CidReferences {

  /** Up to the end of the URL; an escaped character other than a quote belongs to the URL. */
  private static final Pattern URL =
      Pattern.compile(
          "(?<![A-Za-z0-9+.-])(cid:)([^\\s\"'()<>,;&]++)(?!&(?!(?:quot|apos|#39|#34|#x27|#x22);))",
          Pattern.CASE_INSENSITIVE);

  private static final String STYLE = "<style";

  private final Map<String, String> ids;
  private final Set<String> found;
  private final Optional<String> html;

  /**
   * @param ids as a URL may write it → the id
   */
  private CidReferences(Map<String, String> ids, Optional<String> html) {
    this.ids = ids;
    this.found = ids.isEmpty() ? Set.of() : new HashSet<>();
    this.html = ids.isEmpty() ? html : html.map(this::rewrite);
  }

  static CidReferences of(Mail mail) {
    Optional<String> html = mail.body().html();
    return new CidReferences(mail.attachments().isEmpty() ? Map.of() : ids(mail), html);
  }

  private static Map<String, String> ids(Mail mail) {
    String domain = '@' + Attachment.idDomain(mail.from());
    Map<String, String> ids = new HashMap<>();
    for (Attachment attachment : mail.attachments()) {
      attachment.contentId().ifPresent(id -> add(ids, id, domain));
    }
    return ids;
  }

  private static void add(Map<String, String> ids, String id, String domain) {
    ids.put(id, id);
    if (id.endsWith(domain)) {
      ids.putIfAbsent(id.substring(0, id.length() - domain.length()), id);
    }
  }

  /** The HTML with the whole id in each URL. */
  Optional<String> html() {
    return html;
  }

  /** True if the HTML shows the image with this id. */
  boolean contains(String id) {
    return found.contains(id);
  }

  /** Rewrites tags, also those in comments that some mail clients read, and style sheets. */
  private String rewrite(String text) {
    StringBuilder out = new StringBuilder(text.length() + 64);
    boolean style = false;
    int from = 0;
    while (from < text.length()) {
      boolean tag = text.charAt(from) == '<';
      int to = tag ? endOfTag(text, from) : endOfText(text, from);
      if (tag || style) {
        rewrite(text.substring(from, to), out);
      } else {
        out.append(text, from, to);
      }
      style = tag ? isStyle(text, from) : style;
      from = to;
    }
    return out.toString();
  }

  private static int endOfText(String text, int from) {
    int end = text.indexOf('<', from);
    return end < 0 ? text.length() : end;
  }

  /** After the first {@code >} that is not in quotes; comments have no quotes. */
  private static int endOfTag(String text, int from) {
    boolean comment = text.startsWith("<!", from);
    char quote = 0;
    for (int at = from + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote == 0 && c == '>') {
        return at + 1;
      }
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && !comment && (c == '"' || c == '\'')) {
        quote = c;
      }
    }
    return text.length();
  }

  private static boolean isStyle(String text, int from) {
    int end = from + STYLE.length();
    return text.regionMatches(true, from, STYLE, 0, STYLE.length())
        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
  }

  private void rewrite(String part, StringBuilder out) {
    Matcher url = URL.matcher(part);
    while (url.find()) {
      String id = ids.get(unescape(url.group(2)));
      if (id != null) {
        found.add(id);
        url.appendReplacement(out, Matcher.quoteReplacement(url.group(1) + id));
      }
    }
    url.appendTail(out);
  }

  private static String unescape(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return id; // a percent sign that escapes nothing
    }
  }
}
