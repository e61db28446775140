package dev.postrider.bench.peer;

import java.nio.charset.StandardCharsets;

/** The mails that every queue worker gets: 4 KiB of text in lines, each to another address. */
public final class Mails {

  private static final int TEXT = 3_900;
  private static final String LINE =
      "All work and no play makes a dull mail, so this one takes a walk.\\n";

  private static final String BODY = LINE.repeat(TEXT / (LINE.length() - 1));

  private Mails() {}

  /** As JSON without line breaks. */
  public static String json(int number) {
    return """
        {"from":"Acme <hi@acme.test>","to":["user%d@example.test"],"subject":"Hello %d","text":"%s"}"""
        .formatted(number, number, BODY);
  }

  /** In UTF-8. */
  public static byte[] jsonBytes(int number) {
    return json(number).getBytes(StandardCharsets.UTF_8);
  }
}
