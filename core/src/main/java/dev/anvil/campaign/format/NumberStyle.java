package dev.anvil.campaign.format;

/** Which mark sets decimals off and which one groups thousands. */
public enum NumberStyle {
  POINT('.', ',', "1,234.5"),
  COMMA(',', '.', "1.234,5");

  private final char decimal;
  private final char group;
  private final String example;

  NumberStyle(char decimal, char group, String example) {
    this.decimal = decimal;
    this.group = group;
    this.example = example;
  }

  public char decimal() {
    return decimal;
  }

  public char group() {
    return group;
  }

  /** One thousand two hundred and thirty-four and a half. */
  public String example() {
    return example;
  }

  public NumberStyle other() {
    return this == POINT ? COMMA : POINT;
  }
}
