package dev.postrider.mime;

/**
 * Unencoded ASCII text, with CRLF for every line break.
 *
 * @param text ASCII, line breaks as LF only, checked by {@link TextContent}
 */
record SevenBit(String text) implements Content {

  @Override
  public String encoding() {
    return "7bit";
  }

  @Override
  public int size() {
    int breaks = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      breaks++;
    }
    return text.length() + breaks;
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
