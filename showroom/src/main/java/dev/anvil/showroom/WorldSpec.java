package dev.anvil.showroom;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is true in a world, as written in its YAML file. Every effect is a ratio minus one: .25
 * means a quarter more of the metric than the same picture at 0.
 *
 * @param format always {@code world/1}
 * @param name shown to people
 * @param seed for dates, channels, countries and noise
 * @param begins date of the first post
 * @param levelsOff date on which the ramp-up ends
 * @param ends date of the last post
 * @param rampUpPosts posts before {@code levelsOff}
 * @param base the metric of a typical post at {@code levelsOff}
 * @param rampUpFrom share of {@code base} at {@code begins}, above 0
 * @param growthPerYear relative change a year after {@code levelsOff}
 * @param season half the relative swing over a year, highest in June
 * @param weekend effect of a Saturday or Sunday
 * @param noise standard deviation of the log metric that nothing explains
 * @param channels by name
 * @param countries by name
 * @param effects factor (a column of the scenes) to level to effect
 */
public record WorldSpec(
    @JsonProperty("anvil") String format,
    String name,
    long seed,
    LocalDate begins,
    LocalDate levelsOff,
    LocalDate ends,
    int rampUpPosts,
    double base,
    double rampUpFrom,
    double growthPerYear,
    double season,
    double weekend,
    double noise,
    SortedMap<String, Group> channels,
    SortedMap<String, Group> countries,
    SortedMap<String, SortedMap<String, Double>> effects) {

  /**
   * A group of posts.
   *
   * @param share of all posts, in any unit
   * @param effect on the metric
   */
  public record Group(double share, double effect) {}

  public WorldSpec {
    requireNonNull(name, "name is null");
    channels = new TreeMap<>(channels);
    countries = new TreeMap<>(countries);
    effects = new TreeMap<>(effects);
  }

  /** Reads and checks a world file. */
  public static WorldSpec read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file.toString(), "file does not exist; expected a world file");
    }
    WorldSpec spec =
        Documents.yaml(
            file,
            YAMLMapper.builder()
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES),
            WorldSpec.class);
    List<Problem> problems = spec.problems(file.toString());
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return spec;
  }

  /** The same world with another name, seed and effects. */
  WorldSpec with(
      String otherName, long otherSeed, SortedMap<String, SortedMap<String, Double>> others) {
    return new WorldSpec(
        format,
        otherName,
        otherSeed,
        begins,
        levelsOff,
        ends,
        rampUpPosts,
        base,
        rampUpFrom,
        growthPerYear,
        season,
        weekend,
        noise,
        channels,
        countries,
        others);
  }

  private List<Problem> problems(String where) {
    List<Problem> problems = new ArrayList<>();
    check(problems, where, "anvil", "world/1".equals(format), format, "world/1");
    check(problems, where, "levels_off", levelsOff.isAfter(begins), levelsOff, "after begins");
    check(problems, where, "ends", ends.isAfter(levelsOff), ends, "after levels_off");
    check(problems, where, "ramp_up_posts", rampUpPosts >= 0, rampUpPosts, "0 or more");
    check(problems, where, "base", base > 0, base, "more than 0");
    check(problems, where, "ramp_up_from", rampUpFrom > 0 && rampUpFrom <= 1, rampUpFrom, "0..1");
    check(problems, where, "noise", noise >= 0, noise, "0 or more");
    check(problems, where, "channels", !channels.isEmpty(), channels, "at least one");
    check(problems, where, "countries", !countries.isEmpty(), countries, "at least one");
    effects.forEach(
        (factor, levels) ->
            levels.forEach(
                (level, effect) ->
                    check(
                        problems,
                        where,
                        "effects." + factor + "." + level,
                        effect > -1,
                        effect,
                        "more than -1")));
    return problems;
  }

  private static void check(
      List<Problem> problems, String where, String field, boolean ok, Object found, String wanted) {
    if (!ok) {
      problems.add(new Problem(where, "%s is %s; expected %s".formatted(field, found, wanted)));
    }
  }
}
