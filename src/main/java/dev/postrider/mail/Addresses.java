package dev.postrider.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one mailbox or an array of them.
 *
 * @param room how many it may hold
 * @param max the limit that the producer is told, of which others may have used a part
 */
record Addresses(int room, int max) {

  List<Address> read(Cursor cursor) throws InvalidMail {
    return cursor.atArray() ? readArray(cursor) : List.of(readOne(cursor, 0));
  }

  private List<Address> readArray(Cursor cursor) throws InvalidMail {
    List<Address> addresses = new ArrayList<>();
    cursor.enterArray();
    while (cursor.nextElement()) {
      addresses.add(readOne(cursor, addresses.size()));
    }
    return addresses;
  }

  private Address readOne(Cursor cursor, int before) throws InvalidMail {
    if (before >= room) {
      throw cursor.invalid("too many addresses: at most " + max + " in all, so split the mail");
    }
    return cursor.line(Address::parse);
  }
}
