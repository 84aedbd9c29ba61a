package dev.anvil.lab.attack;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All attacks, one after the other. */
public final class AttackSuite {
  private static final List<Attack> ALL =
      List.of(
          new Texts(),
          new Pictures(),
          new Networks(),
          new Servers(),
          new Flips(),
          new ReadOnly(),
          new Disks(),
          new Signals(),
          new Natives(),
          new Kills());

  private AttackSuite() {}

  /** Names of the attacks, in their order. */
  public static List<String> names() {
    return ALL.stream().map(Attack::name).toList();
  }

  /**
   * Attacks.
   *
   * @param folder for what the attacks need; empty
   * @param each is told of each verdict when it is there
   * @throws InvalidInputException when an attack is asked for that is not there
   */
  public static List<AttackVerdict> run(
      Path folder, AttackTarget target, AttackSettings settings, Consumer<AttackVerdict> each)
      throws IOException, InterruptedException {
    for (String name : settings.only()) {
      if (!names().contains(name)) {
        throw new InvalidInputException(
            "--only", "found \"%s\"; expected one of %s".formatted(name, names()));
      }
    }
    Bench bench = Bench.prepare(folder.toAbsolutePath(), target, settings);
    List<AttackVerdict> out = new ArrayList<>();
    for (Attack attack : ALL) {
      if (settings.only().isEmpty() || settings.only().contains(attack.name())) {
        Tally tally = new Tally();
        attack.run(bench, tally);
        AttackVerdict verdict = tally.verdict(attack.name(), attack.expectation());
        each.accept(verdict);
        out.add(verdict);
      }
    }
    return out;
  }

  /** The verdicts as a table in Markdown. */
  public static String table(List<AttackVerdict> verdicts) {
    StringBuilder out =
        new StringBuilder(
            "| attack | expected | tried | held | smallest input that failed | s |\n|---|---|---|---|---|---|\n");
    for (AttackVerdict v : verdicts) {
      String failed = v.failures().isEmpty() ? v.left() : v.failures().get(0).replace("|", "/");
      out.append(
          "| %s | %s | %d | %d | %s | %d |\n"
              .formatted(
                  v.attack(),
                  v.expectation(),
                  v.tried(),
                  v.tried() - v.failures().size(),
                  failed,
                  v.took().toSeconds()));
    }
    return out.toString();
  }
}
