package dev.anvil.cli;

import dev.anvil.lab.attack.AttackSettings;
import dev.anvil.lab.attack.AttackSuite;
import dev.anvil.lab.attack.AttackTarget;
import dev.anvil.lab.attack.AttackVerdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "attack",
    hidden = true,
    description = {
      "Attack this Anvil: kills, signals, full disks, damaged files, hostile input"
          + " and servers.",
      "Prints one table; docs/attacks.md explains it. The exit code is 1 if" + " something failed."
    })
final class AttackCommand implements Callable<Integer> {
  @Mixin Common common;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "500",
      description = "Number of kill -9 (default: ${DEFAULT-VALUE}).")
  int kills;

  @Option(
      names = "--flips",
      paramLabel = "N",
      defaultValue = "80",
      description = "Number of flipped bits (default: ${DEFAULT-VALUE}).")
  int flips;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Time limit of the kills (default: ${DEFAULT-VALUE}); the other attacks have" + " none.")
  int minutes;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Time after which a process counts as hung (default: ${DEFAULT-VALUE}).")
  int patience;

  @Option(
      names = "--posts",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "Posts of the campaign (default: ${DEFAULT-VALUE}); with fewer than 60 there is no"
              + " study.")
  int posts;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the random numbers (default: 1).")
  long seed;

  @Option(names = "--only", split = ",", description = "Names of attacks, separated by commas.")
  List<String> only = List.of();

  @Option(names = "--brief", description = "A few tries of each, under a minute.")
  boolean brief;

  @Override
  public Integer call() throws Exception {
    Path scenes = Main.showroom().scenes();
    AttackSettings usual = brief ? AttackSettings.brief(scenes) : AttackSettings.whole(scenes);
    AttackSettings settings =
        new AttackSettings(
            usual.scenes(),
            brief ? usual.posts() : posts,
            brief ? usual.kills() : kills,
            usual.signals(),
            brief ? usual.flips() : flips,
            usual.share(),
            brief ? usual.limit() : Duration.ofMinutes(minutes),
            Math.min(common.threads, 2),
            seed,
            Set.copyOf(only));
    Path folder = Files.createTempDirectory("attack");
    List<AttackVerdict> verdicts =
        AttackSuite.run(
            folder,
            target(Map.of(), Duration.ofSeconds(patience)),
            settings,
            verdict -> print(verdict));
    common.print(verdicts, AttackSuite.table(verdicts));
    return verdicts.stream().allMatch(AttackVerdict::hasHeld) ? 0 : Main.FAILED;
  }

  private void print(AttackVerdict verdict) {
    common
        .err()
        .printf(
            "%s: %d tried, %d failed, %d s%n",
            verdict.attack(),
            verdict.tried(),
            verdict.failures().size(),
            verdict.took().toSeconds());
    verdict.failures().forEach(failure -> common.err().println("  " + failure));
    common.err().flush();
  }

  /** This program, in processes of its own with 1 GB each. */
  static AttackTarget target(Map<String, String> environment, Duration patience) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-Danvil.home=" + Main.home(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    return new AttackTarget(command, environment, patience);
  }
}
