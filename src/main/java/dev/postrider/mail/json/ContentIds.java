package dev.postrider.mail.json;

import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.InvalidMail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Content-IDs of attachments (RFC 2045 §7): a msg-id, which Postrider completes with the author's
 * domain if it has none. Only characters that need no escapes in a {@code cid:} URL.
 */
final class ContentIds {

  private static final String ATOM = "[A-Za-z0-9_+-]+(?:\\.[A-Za-z0-9_+-]+)*";
  private static final Pattern ID = Pattern.compile(ATOM + "(?:@" + ATOM + ")?");
  private static final int LENGTH_MAX = 128;

  private ContentIds() {}

  /** Parses an id, with or without angle brackets and domain. */
  static String parse(String text) throws InvalidMail {
    String id =
        text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    if (id.length() > LENGTH_MAX || !ID.matcher(id).matches()) {
      throw ValueParser.fault(
          "expected an id such as logo or logo@example.com: 1 to 128 of A-Z a-z 0-9 _ + - and"
              + " single dots");
    }
    return id;
  }

  /** Completes all ids of a mail of this author. */
  static List<Attachment> complete(List<Attachment> attachments, Address from) throws InvalidMail {
    String domain = Attachment.idDomain(from);
    List<Attachment> complete = new ArrayList<>(attachments.size());
    Set<String> ids = new HashSet<>();
    for (Attachment attachment : attachments) {
      Optional<String> id = attachment.contentId().map(given -> complete(given, domain));
      if (id.isPresent() && !ids.add(id.get())) {
        throw new InvalidMail(
            "/attachments/" + complete.size() + "/content_id",
            "used by another attachment: each needs another one");
      }
      complete.add(
          id.isEmpty()
              ? attachment
              : new Attachment(
                  attachment.filename(), attachment.content(), attachment.contentType(), id));
    }
    return complete;
  }

  private static String complete(String id, String domain) {
    return id.indexOf('@') < 0 ? id + '@' + domain : id;
  }
}
