package dev.postrider.dev;

import java.nio.file.Path;

/** The directory of dev mode: {@code target/dev} of the checkout it runs in. */
public final class DevDirectory {

  private DevDirectory() {}

  public static Path directory() {
    Path here = Path.of("").toAbsolutePath();
    Path target = here.endsWith("target") ? here : here.resolve("target");
    return target.resolve("dev");
  }
}
