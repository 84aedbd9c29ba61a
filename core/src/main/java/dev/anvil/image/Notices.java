package dev.anvil.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is found worth telling while a picture is decoded. */
final class Notices {
  private final List<String> all = new ArrayList<>();

  void add(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    if (!all.contains(text)) {
      all.add(text);
    }
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
