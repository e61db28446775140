package dev.postrider.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A part of a YAML document, walked into by name. What is not there is null. */
public record Yaml(Object node) {

  /** The one document of a file. */
  public static Yaml read(Path file) throws IOException {
    return all(Files.readString(file)).get(0);
  }

  /** All documents of a text; empty ones are left out. A key given twice is a fault. */
  public static List<Yaml> all(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Yaml> documents = new ArrayList<>();
    for (Object document : parser(options).loadAll(text)) {
      if (document != null) {
        documents.add(new Yaml(document));
      }
    }
    return documents;
  }

  private static org.yaml.snakeyaml.Yaml parser(LoaderOptions options) {
    return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
  }

  /** Every YAML file below a directory, templates aside. */
  public static List<Path> files(String directory) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(directory))) {
      return all.filter(file -> file.toString().matches(".*\\.ya?ml"))
          .filter(file -> !file.toString().contains("templates"))
          .sorted()
          .toList();
    }
  }

  /** The value at a path of names. */
  public Yaml at(String... names) {
    Object here = node;
    for (String name : names) {
      here = here instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return new Yaml(here);
  }

  public String text() {
    return String.valueOf(node);
  }

  /** The items of a list; none if it is not there. */
  public List<Yaml> items() {
    return node instanceof List<?> list ? list.stream().<Yaml>map(Yaml::new).toList() : List.of();
  }

  /** The names of a mapping; none if it is not there. */
  public List<String> names() {
    return node instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }
}
