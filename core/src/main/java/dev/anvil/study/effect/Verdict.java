package dev.anvil.study.effect;

/** What a study says about one contrast (docs/method.md section 3.6). */
public enum Verdict {
  HELPS("helps"),
  HURTS("hurts"),
  NO_PRACTICAL_EFFECT("no practical effect"),
  NOT_RESOLVED("not resolved"),
  INVALID("invalid");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** Whether there is an effect, of a sign that is known. */
  public boolean claims() {
    return this == HELPS || this == HURTS;
  }

  /** As shown to people. */
  public String words() {
    return words;
  }
}
