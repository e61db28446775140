package dev.postrider.bench.part;

import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The mails that are measured: from a short notice to a large file. */
public final class SampleMails {

  private static final int KIB = 1024;

  private static final String ASCII =
      "Your parcel is on its way and will arrive tomorrow before noon.\r\n";

  private static final String GERMAN =
      "Vielen Dank für Ihre Bestellung: Die Lieferung kommt übermorgen gegen Mittag.\r\n";

  private static final String RUSSIAN =
      "Ваш заказ отправлен и будет доставлен завтра до полудня, у двери.\r\n";

  private SampleMails() {}

  public static Map<String, Mail> all() {
    Map<String, Mail> mails = new LinkedHashMap<>();
    mails.put("text, 4 KiB, ASCII", mail("Your parcel", text(ASCII, 4), null, 1));
    mails.put("text + HTML, 20 KiB, German", mail("Grüße", text(GERMAN, 4), html(GERMAN), 1));
    mails.put("text + HTML, 20 KiB, Russian", mail("Заказ", text(RUSSIAN, 4), html(RUSSIAN), 1));
    mails.put("text, 100 recipients", mail("Dear all", text(ASCII, 1), null, 100));
    mails.put("text + file of 1 MiB", mail("Invoice", text(ASCII, 1), null, 1, file()));
    return mails;
  }

  private static String text(String line, int kib) {
    return line.repeat(kib * KIB / line.length());
  }

  private static String html(String line) {
    return text("<p style=\"margin: 0\">" + line.strip() + "</p>\r\n", 16);
  }

  private static Attachment file() {
    byte[] bytes = new byte[KIB * KIB];
    new Random(1).nextBytes(bytes);
    return new Attachment("invoice.pdf", bytes, "application/pdf", Optional.empty());
  }

  private static Mail mail(
      String subject, String text, String html, int recipients, Attachment... files) {
    return new Mail(
        Optional.empty(),
        new Address(Optional.of("Acme"), "hi@acme.test"),
        IntStream.range(0, recipients).mapToObj(SampleMails::recipient).toList(),
        List.of(),
        List.of(),
        List.of(),
        subject,
        new Mail.Body(Optional.of(text), Optional.ofNullable(html), List.of()),
        Optional.empty(),
        Optional.empty(),
        Map.of("X-Campaign", "autumn"),
        List.of(files),
        Optional.empty(),
        new Mail.Terms(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Mail.OnUnknown.RESEND,
            Optional.empty()),
        Map.of(),
        Map.of());
  }

  private static Address recipient(int number) {
    return new Address(Optional.of("Ana Sílva " + number), "ana" + number + "@example.test");
  }
}
