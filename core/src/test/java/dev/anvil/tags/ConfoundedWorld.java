package dev.anvil.tags;

import dev.anvil.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Posts whose colour does not matter by itself but goes with the place, which does. */
final class ConfoundedWorld {
  private ConfoundedWorld() {}

  /**
   * Draws posts.
   *
   * @param effect of red against all other colours
   * @param rare share of red that is left, 1 for half the posts in the wood and a tenth elsewhere
   */
  static TaggedPosts draw(int count, double effect, double rare, long seed) {
    SplittableRandom random = Seeds.random(seed, "confounded");
    double[] target = new double[count];
    int[] groups = new int[count];
    List<String> colour = new ArrayList<>();
    List<String> place = new ArrayList<>();
    List<String> month = new ArrayList<>();
    double ofGroup = 0;
    for (int i = 0; i < count; i++) {
      boolean sameGroup = i > 0 && random.nextDouble() < .2;
      groups[i] = i == 0 ? 0 : groups[i - 1] + (sameGroup ? 0 : 1);
      ofGroup = sameGroup ? ofGroup : .4 * random.nextGaussian();
      boolean wood = sameGroup ? place.get(i - 1).equals("wood") : random.nextDouble() < .4;
      boolean red =
          sameGroup
              ? colour.get(i - 1).equals("red")
              : random.nextDouble() < rare * (wood ? .5 : .1);
      place.add(wood ? "wood" : "town");
      colour.add(red ? "red" : List.of("blue", "grey", "white").get(random.nextInt(3)));
      int m = i * 12 / count;
      month.add("month " + m);
      target[i] =
          (red ? effect : 0) + (wood ? 1 : 0) + .05 * m + ofGroup + .8 * random.nextGaussian();
    }
    return new TaggedPosts(
        target,
        List.of(
            new TagColumn("colour", colour),
            new TagColumn("place", place),
            new TagColumn("month", month)),
        Optional.empty(),
        groups);
  }
}
