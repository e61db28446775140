package dev.postrider.dev.inbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a mail as its frame shows it: embedded images stand in the page itself, because the
 * frame may load nothing.
 */
record HtmlView(ParsedMail parsedMail) {

  private static final Pattern CID = Pattern.compile("cid:([^\"'\\s)>]+)");

  String text() {
    return CID.matcher(parsedMail.html().orElse("")).replaceAll(this::embedded);
  }

  private String embedded(MatchResult address) {
    String id = decoded(address.group(1));
    List<ParsedMail.File> named =
        parsedMail.files().stream().filter(file -> file.contentId().equals(id)).toList();
    return Matcher.quoteReplacement(named.isEmpty() ? address.group() : dataAddress(named.get(0)));
  }

  private static String decoded(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return id;
    }
  }

  private static String dataAddress(ParsedMail.File file) {
    return "data:" + file.type() + ";base64," + Base64.getEncoder().encodeToString(file.content());
  }
}
