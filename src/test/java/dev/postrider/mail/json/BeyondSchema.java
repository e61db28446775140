package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What the codec checks and JSON Schema cannot say, rule by rule: the words of the schema's own
 * description, and what the codec answers.
 */
enum BeyondSchema {
  ENCODING("UTF-8 without byte order mark", "byte order mark|not UTF-8"),
  ONE_OBJECT(
      "one JSON object and nothing after it", "not JSON|expected a JSON object|unexpected content"),
  SIZE("at most 10 MiB in all", "too large"),
  KEYS_ONCE("no key twice", "given twice: keep one"),
  HEADERS_ONCE("no header twice in another case", "given twice \\(case does not matter\\)"),
  RECIPIENTS_IN_ALL("at most 100 recipients in to, cc and bcc together", "too many addresses"),
  ADDRESSES(
      "the details of addresses",
      "expected an address|the part before @|before @, |a blank beside @|quotes before @|after the"
          + " quotes|an invisible character|the address is too long|the domain|one mailbox per"
          + " string|too long: at most 998 characters|comments are|groups are|source routes|one"
          + " address between|expected > at the end|a quote is not closed|needs quotes"),
  HEADER_VALUES(
      "the values of headers",
      "a word of more than|this field holds ASCII|expected a description|an empty phrase"
          + "|in all headers"),
  LANGUAGES("language tags and time zones that exist", "expected a language tag"),
  ZONES("language tags and time zones that exist", "expected a time zone"),
  DATES("dates that exist", "there is no such date|a second 60"),
  ORDER("expires_at after scheduled_at", "not after scheduled_at"),
  CONTENT_IDS("no content_id twice", "used by another"),
  CONTENT_ID_LENGTH("none longer than 128 characters", "expected an id such as logo"),
  PARAMETERS("the parameters of a media type", "parameter|expected a media type"),
  CHARSET("no charset of an alternative other than UTF-8", "the content is sent as UTF-8"),
  WHOLE_VERSIONS("versions written without fraction or exponent", "expected a whole number"),
  VERSION_RANGE("in the range of a number if they are text", "out of range"),
  SURROGATES("no half of a surrogate pair", "half a surrogate");

  private final String words;
  private final Pattern answer;

  BeyondSchema(String words, String answer) {
    this.words = words;
    this.answer = Pattern.compile(answer);
  }

  /** As the schema's description says it. */
  String words() {
    return words;
  }

  boolean explains(InvalidMail fault) {
    return answer.matcher(fault.getMessage()).find();
  }

  static boolean anyExplains(InvalidMail fault) {
    return Arrays.stream(values()).anyMatch(rule -> rule.explains(fault));
  }
}
