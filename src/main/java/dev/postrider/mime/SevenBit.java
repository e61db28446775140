package dev.postrider.mime;

/**
 * ASCII text as it is, with CRLF for every line break.
 *
 * @param text ASCII, line breaks as LF only, fit for this encoding as {@link TextContent} judges
 */
record SevenBit(String text) implements Content {

  /** A guess at the length of a line, for the CR that each of them gets. */
  private static final int LINE_EXPECTED = 16;

  @Override
  public String encoding() {
    return "7bit";
  }

  @Override
  public int size() {
    return text.length() + text.length() / LINE_EXPECTED;
  }

  @Override
  public void write(ByteSink out) {
    int from = 0;
    int end = text.indexOf('\n');
    while (end >= 0) {
      out.ascii(text, from, end);
      out.lineBreak();
      from = end + 1;
      end = text.indexOf('\n', from);
    }
    out.ascii(text, from, text.length());
  }
}
