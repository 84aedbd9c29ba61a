package dev.anvil.campaign.table;

import java.util.OptionalLong;

/** Looks for a quoted value that does not end: all rows after it would be read as its text. */
final class Quotes {
  private static final char QUOTE = '"';

  private Quotes() {}

  /** The line, counted from 1, in which the value begins that is still open at the end. */
  static OptionalLong unclosed(String text, char delimiter) {
    long line = 1;
    long opened = 1;
    boolean isStart = true;
    boolean isOpen = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isOpen) {
        isOpen = c != QUOTE;
      } else if (c == QUOTE && (isStart || text.charAt(i - 1) == QUOTE)) {
        // a second quote right after a closing one is part of the text
        opened = isStart ? line : opened;
        isOpen = true;
      }
      boolean isBreak = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
      line += isBreak ? 1 : 0;
      isStart = !isOpen && (c == delimiter || c == '\n' || c == '\r');
    }
    return isOpen ? OptionalLong.of(opened) : OptionalLong.empty();
  }
}
