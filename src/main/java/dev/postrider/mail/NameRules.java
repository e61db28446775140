package dev.postrider.mail;

import java.util.regex.Pattern;

/** Which names queues, mails, topics and stream entries may have, as regular expressions. */
public final class NameRules {

  public static final String QUEUE = "[a-z0-9][a-z0-9._-]{0,62}";

  public static final String MAIL_ID = "[A-Za-z0-9._:-]{1,128}";

  public static final String TOPIC = "[A-Za-z0-9._:/@-]{1,128}";

  /** The id of a stream entry: two unsigned numbers of 64 bits. */
  public static final String ENTRY_ID = "(?:\\d{1,19}|1[0-8]\\d{18})-\\d{1,20}";

  private static final Pattern QUEUE_PATTERN = Pattern.compile(QUEUE);
  private static final Pattern MAIL_ID_PATTERN = Pattern.compile(MAIL_ID);
  private static final Pattern TOPIC_PATTERN = Pattern.compile(TOPIC);
  private static final Pattern ENTRY_ID_PATTERN = Pattern.compile(ENTRY_ID);

  private NameRules() {}

  public static boolean isQueue(String name) {
    return QUEUE_PATTERN.matcher(name).matches();
  }

  public static boolean isMailId(String id) {
    return MAIL_ID_PATTERN.matcher(id).matches();
  }

  public static boolean isTopic(String topic) {
    return TOPIC_PATTERN.matcher(topic).matches();
  }

  public static boolean isEntryId(String id) {
    return ENTRY_ID_PATTERN.matcher(id).matches();
  }
}
