package dev.postrider.mime;

import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Nests the parts of a mail as mail clients expect it, without unneeded levels: mixed (related
 * (alternative (text, HTML, other forms), images), files).
 */
final class PartTree {

  private static final String PLAIN = "text/plain; charset=UTF-8";
  private static final String HTML = "text/html; charset=UTF-8";

  private final Mail mail;
  private final Boundaries boundaries;
  private final CidReferences images;

  PartTree(Mail mail, Boundaries boundaries) {
    this.mail = mail;
    this.boundaries = boundaries;
    this.images = CidReferences.of(mail);
  }

  Part content() {
    List<Part> attached = files(false);
    return attached.isEmpty()
        ? displayed()
        : multipart("multipart/mixed", prepend(displayed(), attached));
  }

  /** RFC 2387: the text and the images that the HTML shows. */
  private Part displayed() {
    List<Part> shown = files(true);
    if (shown.isEmpty()) {
      return text();
    }
    Part text = text();
    String root = text instanceof Multipart ? "multipart/alternative" : "text/html";
    return multipart("multipart/related; type=\"" + root + '"', prepend(text, shown));
  }

  /** RFC 2046 §5.1.4: the plainest first, the richest last. */
  private Part text() {
    List<Part> texts = new ArrayList<>(2);
    mail.body().text().ifPresent(text -> texts.add(leaf(PLAIN, text)));
    images.html().ifPresent(html -> texts.add(leaf(HTML, html)));
    mail.body()
        .alternatives()
        .forEach(other -> texts.add(leaf(other.contentType(), other.content())));
    return texts.size() == 1 ? texts.get(0) : multipart("multipart/alternative", texts);
  }

  private Part leaf(String type, String text) {
    return new LeafPart(type, TextContent.of(text, boundaries), Optional.empty());
  }

  /** An image that no HTML shows is an attached file. */
  private boolean isDisplayed(Attachment attachment) {
    return attachment.contentId().filter(images::contains).isPresent();
  }

  /** The files that the HTML shows, or all others. */
  private List<Part> files(boolean shown) {
    List<Part> files = new ArrayList<>();
    for (Attachment attachment : mail.attachments()) {
      if (isDisplayed(attachment) == shown) {
        files.add(file(attachment));
      }
    }
    return files;
  }

  private Part file(Attachment attachment) {
    String disposition = isDisplayed(attachment) ? "inline" : "attachment";
    LeafPart.FileFields fields =
        new LeafPart.FileFields(disposition, attachment.filename(), attachment.contentId());
    Content bytes = new Base64Lines(attachment.content());
    return new LeafPart(attachment.contentType(), bytes, Optional.of(fields));
  }

  private Part multipart(String type, List<Part> parts) {
    return new Multipart(type, boundaries.next(), parts);
  }

  private static List<Part> prepend(Part first, List<Part> others) {
    List<Part> parts = new ArrayList<>(others.size() + 1);
    parts.add(first);
    parts.addAll(others);
    return parts;
  }
}
