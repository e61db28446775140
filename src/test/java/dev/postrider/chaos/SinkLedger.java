package dev.postrider.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the mail server took: for each mail when, in Unix ms. */
final class SinkLedger {

  private static final int TAKEN_AT = 0;
  private static final int MESSAGE_ID = 4;

  private SinkLedger() {}

  static Map<String, List<Long>> read(Path file) {
    Map<String, List<Long>> taken = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split("\t");
        taken
            .computeIfAbsent(id(fields[MESSAGE_ID]), id -> new ArrayList<>())
            .add(Long.parseLong(fields[TAKEN_AT]));
      }
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException("The sink's ledger cannot be read: " + file, e);
    }
  }

  private static String id(String messageId) {
    return messageId.substring(messageId.indexOf('<') + 1, messageId.lastIndexOf('@'));
  }
}
