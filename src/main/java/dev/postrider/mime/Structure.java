package dev.postrider.mime;

import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Nests the parts of a mail as readers expect it, with the levels it needs and no more: mixed
 * (related (alternative (text, HTML), images), files).
 */
final class Structure {

  private final Mail mail;
  private final Boundaries boundaries;

  Structure(Mail mail, Boundaries boundaries) {
    this.mail = mail;
    this.boundaries = boundaries;
  }

  Part content() {
    List<Part> listed = files(Predicate.not(this::isShown));
    return listed.isEmpty() ? shown() : multipart("multipart/mixed", before(shown(), listed));
  }

  /** RFC 2387: the text and the images that its HTML shows. */
  private Part shown() {
    List<Part> images = files(this::isShown);
    if (images.isEmpty()) {
      return text();
    }
    String root = mail.body().text().isPresent() ? "multipart/alternative" : "text/html";
    return multipart("multipart/related; type=\"" + root + '"', before(text(), images));
  }

  /** RFC 2046 §5.1.4: the plainest first, the richest last. */
  private Part text() {
    List<Part> texts =
        Stream.of(leaf("plain", mail.body().text()), leaf("html", mail.body().html()))
            .flatMap(Optional::stream)
            .toList();
    return texts.size() == 1 ? texts.get(0) : multipart("multipart/alternative", texts);
  }

  private Optional<Part> leaf(String subtype, Optional<String> text) {
    String type = "text/" + subtype + "; charset=UTF-8";
    return text.map(this::encoded).map(content -> new Leaf(type, content, Optional.empty()));
  }

  private Content encoded(String text) {
    return TextContent.of(text, boundaries);
  }

  /** Without HTML nothing shows an image, so that it is a file like any other. */
  private boolean isShown(Attachment attachment) {
    return attachment.inline() && mail.body().html().isPresent();
  }

  private List<Part> files(Predicate<Attachment> which) {
    return mail.attachments().stream().filter(which).map(this::file).toList();
  }

  private Part file(Attachment attachment) {
    String disposition = isShown(attachment) ? "inline" : "attachment";
    Leaf.FileFields fields =
        new Leaf.FileFields(disposition, attachment.filename(), attachment.contentId());
    Content bytes = new Base64Lines(attachment.content());
    return new Leaf(attachment.contentType(), bytes, Optional.of(fields));
  }

  private Part multipart(String type, List<Part> parts) {
    return new Multipart(type, boundaries.next(), parts);
  }

  private static List<Part> before(Part first, List<Part> others) {
    List<Part> parts = new ArrayList<>(others.size() + 1);
    parts.add(first);
    parts.addAll(others);
    return parts;
  }
}
