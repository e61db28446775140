package dev.postrider.chaos.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what the mail server took: for each mail when, in Unix ms. Of its recipients the one who
 * got it most often counts: those who were refused get it later, by themselves.
 */
public final class SinkLedger {

  private static final int TAKEN_AT = 0;
  private static final int RECIPIENTS = 3;
  private static final int MESSAGE_ID = 4;

  private SinkLedger() {}

  public static Map<String, List<Long>> read(Path file) {
    Map<String, Map<String, List<Long>>> copies = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split("\t");
        Map<String, List<Long>> mail =
            copies.computeIfAbsent(id(fields[MESSAGE_ID]), id -> new LinkedHashMap<>());
        for (String recipient : fields[RECIPIENTS].split(",")) {
          mail.computeIfAbsent(recipient, each -> new ArrayList<>())
              .add(Long.parseLong(fields[TAKEN_AT]));
        }
      }
      Map<String, List<Long>> taken = new LinkedHashMap<>();
      copies.forEach((mail, times) -> taken.put(mail, most(times)));
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException("The sink's ledger cannot be read: " + file, e);
    }
  }

  private static List<Long> most(Map<String, List<Long>> times) {
    return times.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow();
  }

  private static String id(String messageId) {
    return messageId.substring(messageId.indexOf('<') + 1, messageId.lastIndexOf('@'));
  }
}
