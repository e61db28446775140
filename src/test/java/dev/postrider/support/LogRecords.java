package dev.postrider.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What the application writes to its log above a level, from now on until it is closed. */
public final class LogRecords extends Handler implements AutoCloseable {

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final int minimum;

  private LogRecords(Level level) {
    this.minimum = level.intValue();
  }

  /** Listens to all that is more severe than {@code level}. */
  public static LogRecords above(Level level) {
    LogRecords records = new LogRecords(level);
    Logger.getLogger("").addHandler(records);
    return records;
  }

  /** The messages so far, formatted, in order. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /** Forgets the messages so far. */
  public void clear() {
    messages.clear();
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() > minimum) {
      messages.add(new PatternFormatter("%s").formatMessage(record));
    }
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
