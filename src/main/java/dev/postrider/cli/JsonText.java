package dev.postrider.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers and booleans as one line of JSON. */
public final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** Members keep their order; a member without a value is left out. */
  public static String of(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = JSON.createGenerator(text)) {
      write(to, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator to, Object value) throws IOException {
    if (value instanceof Map<?, ?> members) {
      to.writeStartObject();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        writeMember(to, member);
      }
      to.writeEndObject();
    } else if (value instanceof List<?> elements) {
      to.writeStartArray();
      for (Object element : elements) {
        write(to, element);
      }
      to.writeEndArray();
    } else if (value instanceof Number number) {
      to.writeNumber(number.toString());
    } else if (value instanceof Boolean bool) {
      to.writeBoolean(bool);
    } else {
      to.writeString(value.toString());
    }
  }

  private static void writeMember(JsonGenerator to, Map.Entry<?, ?> member) throws IOException {
    if (member.getValue() != null) {
      to.writeFieldName(member.getKey().toString());
      write(to, member.getValue());
    }
  }
}
