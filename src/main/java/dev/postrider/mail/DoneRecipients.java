package dev.postrider.mail;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The recipients of a mail that are never asked again, by their places in the envelope.
 *
 * @param accepted those whose server has the mail
 * @param refused those that were refused for good, with the code of the reply
 */
public record DoneRecipients(Set<Integer> accepted, Map<Integer, Integer> refused) {

  /** As for a mail that was never tried. */
  public static final DoneRecipients NONE = new DoneRecipients(Set.of(), Map.of());

  /** Copies both. */
  public DoneRecipients {
    accepted = Set.copyOf(accepted);
    refused = Map.copyOf(refused);
  }

  /** These and those of one more attempt. */
  public DoneRecipients with(Receipt receipt) {
    List<Integer> newlyAccepted = receipt.acceptedIndexes();
    Map<Integer, Integer> newlyRefused = receipt.refusedForGood();
    if (newlyAccepted.isEmpty() && newlyRefused.isEmpty()) {
      return this;
    }
    Set<Integer> allAccepted = new TreeSet<>(accepted);
    allAccepted.addAll(newlyAccepted);
    Map<Integer, Integer> allRefused = new TreeMap<>(refused);
    allRefused.putAll(newlyRefused);
    return new DoneRecipients(allAccepted, allRefused);
  }

  /** The same without the refused, so that they are asked again. */
  public DoneRecipients onlyAccepted() {
    return new DoneRecipients(accepted, Map.of());
  }

  /** True if this recipient is not asked again. */
  public boolean contains(int index) {
    return accepted.contains(index) || refused.containsKey(index);
  }

  /** True if every recipient is still to be asked. */
  public boolean isEmpty() {
    return accepted.isEmpty() && refused.isEmpty();
  }
}
