package dev.postrider.delivery;

import dev.postrider.config.RouteSettings;
import dev.postrider.config.Settings;
import dev.postrider.delivery.reply.ReplyRules;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What replies mean on each route: the rules of an operator's file, then those of Postrider. */
@Singleton
public final class RouteRules {

  private final ReplyRules builtIn = ReplyRules.builtIn();
  private final Map<String, ReplyRules> own = new HashMap<>();

  /**
   * @throws ConfigurationException if a file cannot be read or has a wrong rule; names the key, the
   *     file and the line
   */
  RouteRules(Settings settings) {
    for (Map.Entry<String, RouteSettings> route : settings.routes().entrySet()) {
      Optional<String> file = route.getValue().replies();
      if (file.isPresent()) {
        String key = "postrider.routes." + route.getKey() + ".replies: ";
        own.put(route.getKey(), extended(key, file.get()));
      }
    }
  }

  private ReplyRules extended(String key, String file) {
    try {
      return builtIn.after(file, lines(key, file));
    } catch (IllegalArgumentException wrong) {
      throw new ConfigurationException(key + wrong.getMessage());
    }
  }

  private static List<String> lines(String key, String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException missing) {
      throw new ConfigurationException(
          key
              + "the file "
              + file
              + " cannot be read as UTF-8 text; correct the path or its rights");
    }
  }

  /** The rules of a route by its name. */
  public ReplyRules of(String route) {
    return own.getOrDefault(route, builtIn);
  }
}
