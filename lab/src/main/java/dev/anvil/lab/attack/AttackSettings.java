package dev.anvil.lab.attack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How hard to attack.
 *
 * @param scenes {@code scenes.csv} of the showroom, whose pictures are the posts
 * @param posts of the campaign; from 60 on, a study is attacked too
 * @param kills number of {@code kill -9}
 * @param signals of each of three kinds
 * @param flips of bits
 * @param share 1 tries every hostile input, n each nth
 * @param limit for the kills; with fewer kills than asked, the table says so
 * @param threads processes at once
 * @param seed of what is drawn
 * @param only names of attacks; empty for all
 */
public record AttackSettings(
    Path scenes,
    int posts,
    int kills,
    int signals,
    int flips,
    int share,
    Duration limit,
    int threads,
    long seed,
    Set<String> only) {
  /** The whole campaign, under 15 minutes on two quiet cores. */
  public static AttackSettings whole(Path scenes) {
    return new AttackSettings(scenes, 60, 500, 5, 80, 1, Duration.ofMinutes(8), 2, 1, Set.of());
  }

  /** What a build can afford: under a minute. */
  public static AttackSettings brief(Path scenes) {
    return new AttackSettings(scenes, 12, 4, 1, 4, 8, Duration.ofSeconds(15), 2, 1, Set.of());
  }

  public AttackSettings {
    only = Set.copyOf(only);
  }
}
