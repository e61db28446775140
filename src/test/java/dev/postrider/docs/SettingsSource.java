package dev.postrider.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings from their source, from which the page about them is generated. */
final class SettingsSource {

  private static final List<String> FILES = List.of("Settings.java", "RouteSettings.java");
  private static final Path DIRECTORY = Path.of("src/main/java/dev/postrider/config");
  private static final String MAP = "Map<String, ";

  private static final Pattern PIECE =
      Pattern.compile(
          "/\\*\\*(?<doc>.*?)\\*/"
              + "|@WithDefault\\(\"(?<value>[^\"]*)\"\\)"
              + "|interface (?<group>\\w+) \\{"
              + "|enum (?<enum>\\w+) \\{[^}]*\\}"
              + "|(?m)^ +(?<type>[\\w.]+(?:<[^;(]+>)?) (?<name>\\w+)\\(\\);"
              + "|(?m)^ *(?<end>\\})$",
          Pattern.DOTALL);

  private final List<Setting> settings = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();
  private String doc = "";
  private String value = "";

  /**
   * One key.
   *
   * @param group the interface that holds it
   * @param type as Java writes it
   * @param value its default; empty if it has none
   * @param doc what it says of itself, on one line, in Markdown
   */
  record Setting(String group, String name, String type, String value, String doc) {}

  /** An interface and what it says of itself. */
  private record Group(String name, String doc) {}

  private SettingsSource() {}

  /** All keys with their full names, in the order of the source. */
  static List<Key> keys() throws IOException {
    SettingsSource source = new SettingsSource();
    for (String file : FILES) {
      Matcher pieces = PIECE.matcher(Files.readString(DIRECTORY.resolve(file)));
      while (pieces.find()) {
        source.take(pieces);
      }
    }
    List<Key> keys = new ArrayList<>();
    source.collect("Settings", "postrider", keys);
    return keys;
  }

  private void take(Matcher piece) {
    if (piece.group("doc") != null) {
      doc = markdown(piece.group("doc"));
    } else if (piece.group("value") != null) {
      value = piece.group("value");
    } else if (piece.group("group") != null) {
      groups.add(new Group(piece.group("group"), doc));
      open.push(piece.group("group"));
      doc = "";
    } else if (piece.group("name") != null) {
      settings.add(new Setting(open.peek(), piece.group("name"), piece.group("type"), value, doc));
      value = "";
      doc = "";
    } else if (piece.group("end") != null && !open.isEmpty()) {
      open.pop();
    }
  }

  private static String markdown(String javadoc) {
    return javadoc
        .replaceAll("\\s*\\n\\s*\\*\\s?", " ")
        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
        .replaceAll("<p>", "")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private void collect(String group, String prefix, List<Key> keys) {
    for (Setting setting : settings) {
      if (setting.group().equals(group)) {
        add(setting, prefix + "." + kebab(setting.name()), keys);
      }
    }
  }

  private void add(Setting setting, String key, List<Key> keys) {
    boolean map = setting.type().startsWith(MAP);
    String type =
        map ? setting.type().substring(MAP.length(), setting.type().length() - 1) : setting.type();
    String name = map ? key + ".<name>" : key;
    if (groups.stream().anyMatch(group -> group.name().equals(type))) {
      collect(type, name, keys);
    } else {
      keys.add(new Key(name, type, setting.value(), setting.doc()));
    }
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * One key as a reader sees it.
   *
   * @param name in full; {@code <name>} stands for one that the user chooses
   * @param type as Java writes it
   */
  record Key(String name, String type, String value, String doc) {

    /** As an environment variable. */
    String variable() {
      return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9<>]", "_");
    }

    /** What may be written there. */
    String unit() {
      return switch (type.replaceAll("Optional<(.*)>", "$1").replace("OptionalInt", "int")) {
        case "Duration" -> "time: `500ms`, `30s`, `5m`, `4h`";
        case "MemorySize" -> "bytes: `512K`, `10M`, `1G`";
        case "int", "long" -> "number";
        case "boolean" -> "`true`, `false`";
        case "TransportKind" -> "`smtp`, `quarkus-mailer`";
        case "List<String>" -> "list, with commas";
        case "URI" -> "URL";
        case "String" -> "text";
        default -> throw new IllegalStateException("A type without words: " + type);
      };
    }
  }
}
