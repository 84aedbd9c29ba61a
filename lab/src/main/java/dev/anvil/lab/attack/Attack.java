package dev.anvil.lab.attack;

import java.io.IOException;

/** One way to attack. */
interface Attack {
  /** Its name in the table and for {@code --only}. */
  String name();

  /** What has to hold. */
  String expectation();

  /** Attacks, and counts what held. */
  void run(Bench bench, Tally tally) throws IOException, InterruptedException;
}
