package dev.postrider.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, which Maven writes into the package. */
final class Version implements IVersionProvider {

  private static final String RESOURCE = "/META-INF/maven/dev.postrider/postrider/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    }
    return new String[] {"postrider " + properties.getProperty("version", "(not packaged)")};
  }
}
