package dev.postrider.mail.json;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The published JSON Schema of a mail, with a library that validates by it. */
public final class MailSchema {

  /** Where the package has it. */
  public static final String RESOURCE = "/schema/mail.schema.json";

  private final JsonSchema schema =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text());

  /** What it has against the mail; empty if nothing. */
  public Set<ValidationMessage> faults(String mail) {
    return schema.validate(mail, InputFormat.JSON);
  }

  /** The same of a mail that is written in YAML. */
  public Set<ValidationMessage> faultsOfYaml(String mail) {
    return schema.validate(mail, InputFormat.YAML);
  }

  boolean accepts(String mail) {
    return faults(mail).isEmpty();
  }

  /** The schema itself. */
  static String text() {
    try (InputStream in = MailSchema.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
