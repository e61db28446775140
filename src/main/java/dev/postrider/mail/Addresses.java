package dev.postrider.mail;

import java.util.ArrayList;
import java.util.List;

/** Reads one mailbox or an array of them, at most {@code max}. */
record Addresses(int max) {

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
    if (before >= max) {
      throw cursor.invalid("too many addresses: split the mail");
    }
    return cursor.line(Address::parse);
  }
}
