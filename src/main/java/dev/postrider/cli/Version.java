package dev.postrider.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, as Maven notes it in the package. */
final class Version implements IVersionProvider {

  private static final String NOTE = "/META-INF/maven/dev.postrider/postrider/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(NOTE)) {
      if (in != null) {
        properties.load(in);
      }
    }
    return new String[] {"postrider " + properties.getProperty("version", "(not packaged)")};
  }
}
