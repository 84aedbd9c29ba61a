package dev.anvil.lab.accounts;

import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A campaign of twelve accounts whose effects are known: levels that are far apart, one account
 * with a third of the posts, effects of colours that differ by account, accounts that prefer
 * colours, and the smaller an account the more it prefers red, which does it good. Pictures are
 * embeddings: directions of what is shown, the style of the account, and noise.
 */
final class AccountWorld {
  static final String METRIC = "likes";
  static final String ACCOUNT = "account";
  static final String COLOUR = "colour";
  static final String SETTING = "setting";
  static final int DIMENSION = 48;

  /** Effects added to 1, those of the campaign. */
  static final Map<String, Map<String, Double>> EFFECTS = effects();

  private static final int ACCOUNTS = 12;
  private static final int POSTS = 720;
  private static final double GIANT = 1 / 3.0;

  /** Standard deviation of an account's own effect of a colour around the mean effect. */
  private static final double SPREAD = .06;

  private static final double NOISE = .35;
  private static final double LEVELS = 2;
  private static final double SHOWN = 1;
  private static final double STYLE = .5;
  private static final double GRAIN = .5;

  private final int accounts;
  private final long seed;
  private final Map<String, float[]> directions = new LinkedHashMap<>();
  private final List<Post> posts = new ArrayList<>();
  private final List<float[]> embeddings = new ArrayList<>();

  AccountWorld(long seed) {
    this(seed, ACCOUNTS);
  }

  /** A world of fewer or more accounts. */
  AccountWorld(long seed, int accounts) {
    this.accounts = accounts;
    this.seed = seed;
    SplittableRandom random = Seeds.random(seed, "account-world");
    EFFECTS.forEach(
        (factor, levels) ->
            levels.keySet().forEach(l -> directions.put(factor + l, vector(SHOWN, random))));
    for (int account = 0; account < accounts; account++) {
      publish(account, random);
    }
  }

  private static Map<String, Map<String, Double>> effects() {
    Map<String, Double> colours = new LinkedHashMap<>();
    colours.put("red", .25);
    colours.put("white", -.05);
    colours.put("yellow", .1);
    colours.put("silver", -.15);
    colours.put("blue", 0.0);
    colours.put("black", -.1);
    Map<String, Double> settings = new LinkedHashMap<>();
    settings.put("forest", .1);
    settings.put("desert", 0.0);
    settings.put("urban", -.15);
    settings.put("racetrack", -.05);
    settings.put("coast", .15);
    Map<String, Map<String, Double>> all = new LinkedHashMap<>();
    all.put(COLOUR, colours);
    all.put(SETTING, settings);
    return all;
  }

  private void publish(int account, SplittableRandom random) {
    double rank = account / (accounts - 1.0);
    double level = Math.exp(11 + LEVELS * (3 * rank - 1.5) + .3 * random.nextGaussian());
    Map<String, Double> own = new LinkedHashMap<>();
    EFFECTS
        .get(COLOUR)
        .forEach((colour, effect) -> own.put(colour, effect + SPREAD * random.nextGaussian()));
    List<String> colours = List.copyOf(own.keySet());
    String favourite =
        random.nextDouble() < .9 - rank ? "red" : colours.get(random.nextInt(colours.size()));
    float[] style = vector(STYLE, random);
    int count =
        account == accounts / 2
            ? (int) (GIANT * POSTS)
            : (int) ((1 - GIANT) * POSTS / (accounts - 1));
    for (int i = 0; i < count; i++) {
      String colour =
          random.nextDouble() < .35 ? favourite : colours.get(random.nextInt(colours.size()));
      List<String> settings = List.copyOf(EFFECTS.get(SETTING).keySet());
      String setting = settings.get(random.nextInt(settings.size()));
      double likes =
          level
              * (1 + own.get(colour))
              * (1 + EFFECTS.get(SETTING).get(setting))
              * Math.exp(NOISE * random.nextGaussian());
      String id = "a%s-%s".formatted(account, i);
      posts.add(
          new Post(
              id,
              id,
              Path.of(id + ".jpg"),
              Optional.of(
                  LocalDateTime.of(2021, 1, 1, 8, 0)
                      .plusMinutes((long) (1_200 * 24 * 60 * (i + random.nextDouble()) / count))),
              Map.of(METRIC, (double) Math.round(likes)),
              Map.of(ACCOUNT, "brand " + account, COLOUR, colour, SETTING, setting)));
      float[] embedding = vector(GRAIN, random);
      add(embedding, style);
      add(embedding, directions.get(COLOUR + colour));
      add(embedding, directions.get(SETTING + setting));
      embeddings.add(embedding);
    }
  }

  /** A vector whose length is about {@code size} times that of a unit vector. */
  private static float[] vector(double size, SplittableRandom random) {
    float[] vector = new float[DIMENSION];
    for (int k = 0; k < DIMENSION; k++) {
      vector[k] = (float) (size * random.nextGaussian() / Math.sqrt(DIMENSION / 8.0));
    }
    return vector;
  }

  private static void add(float[] to, float[] by) {
    for (int k = 0; k < to.length; k++) {
      to[k] += by[k];
    }
  }

  long seed() {
    return seed;
  }

  List<Post> posts() {
    return posts;
  }

  float[][] embeddings() {
    return embeddings.toArray(float[][]::new);
  }

  /** The picture of a post with another level, and nothing else changed. */
  float[] edited(int post, String factor, String level) {
    float[] edited = embeddings.get(post).clone();
    String shown = posts.get(post).metadata().get(factor);
    float[] from = directions.get(factor + shown);
    float[] to = directions.get(factor + level);
    for (int k = 0; k < edited.length; k++) {
      edited[k] += to[k] - from[k];
    }
    return edited;
  }

  /** The true effect of a level against the mean over all, in accounts in general. */
  static double truth(String factor, String level) {
    Map<String, Double> levels = EFFECTS.get(factor);
    double mean = levels.values().stream().mapToDouble(e -> 1 + e).average().orElseThrow();
    return (1 + levels.get(level)) / mean - 1;
  }

  /** The same in one new account, whose effects of colours are its own. */
  double inNewAccount(String factor, String level) {
    SplittableRandom random = Seeds.random(seed, "new account", factor, level);
    Map<String, Double> own = new LinkedHashMap<>(EFFECTS.get(factor));
    if (factor.equals(COLOUR)) {
      own.replaceAll((colour, effect) -> effect + SPREAD * random.nextGaussian());
    }
    double mean = own.values().stream().mapToDouble(e -> 1 + e).average().orElseThrow();
    return (1 + own.get(level)) / mean - 1;
  }
}
