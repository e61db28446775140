package dev.postrider.dev.inbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTML of a mail for a frame that may load nothing: embedded images become data URLs. */
record HtmlView(ParsedMail parsedMail) {

  private static final Pattern CID = Pattern.compile("cid:([^\"'\\s)>]+)");

  String text() {
    return CID.matcher(parsedMail.html().orElse("")).replaceAll(this::embed);
  }

  private String embed(MatchResult url) {
    String id = decode(url.group(1));
    List<ParsedMail.File> files =
        parsedMail.files().stream().filter(file -> file.contentId().equals(id)).toList();
    return Matcher.quoteReplacement(files.isEmpty() ? url.group() : dataUrl(files.get(0)));
  }

  private static String decode(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return id;
    }
  }

  private static String dataUrl(ParsedMail.File file) {
    return "data:" + file.type() + ";base64," + Base64.getEncoder().encodeToString(file.content());
  }
}
