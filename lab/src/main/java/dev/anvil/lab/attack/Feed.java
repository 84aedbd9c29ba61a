package dev.anvil.lab.attack;

import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A few posts with clicks that depend on the colour of the car.
 *
 * @param folder of the table, its pictures and a study
 * @param posts how many
 */
record Feed(Path folder, int posts) {
  private static final int ENOUGH_TO_STUDY = 60;
  private static final String STUDY =
      """
      anvil: study/1
      metric: clicks
      sources: {element: background, count: 4, max_coverage: 1}
      factors:
        colour: {element: background, editor: recolor, levels: {red: {colour: "#b03030"}, blue: {colour: "#3050b0"}}}
      """;

  static Feed write(Path folder, Path scenes, int posts) throws IOException {
    Files.createDirectories(folder);
    List<Scene> base = Scene.read(scenes).stream().filter(Scene::isBase).toList();
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder csv = new StringBuilder("picture,date,clicks\n");
    for (int i = 0; i < posts; i++) {
      Scene scene = base.get(i);
      Files.copy(scene.picture(), folder.resolve("p%s.jpg".formatted(i)));
      double clicks =
          400
              * (scene.levels().get("colour").equals("red") ? 1.5 : 1)
              * Math.exp(.2 * random.nextGaussian());
      csv.append(
          String.format(
              Locale.ROOT,
              "p%d.jpg,%s,%d\n",
              i,
              LocalDate.of(2022, 1, 3).plusDays(7L * i),
              Math.round(clicks)));
    }
    Files.writeString(folder.resolve("posts.csv"), csv);
    Files.writeString(folder.resolve("study.yaml"), STUDY);
    return new Feed(folder, posts);
  }

  Path picture(int i) {
    return folder.resolve("p%s.jpg".formatted(i));
  }

  boolean isEnoughToStudy() {
    return posts >= ENOUGH_TO_STUDY;
  }

  /** The commands that are disturbed, in their order. */
  List<String[]> work() {
    List<String[]> out = new ArrayList<>();
    out.add(new String[] {"import", "posts.csv"});
    out.add(new String[] {"fit"});
    if (isEnoughToStudy()) {
      out.add(new String[] {"study", "study.yaml"});
    }
    return out;
  }

  /** The commands that tell the results. */
  List<String[]> questions() {
    List<String[]> out = new ArrayList<>(work());
    out.add(new String[] {"predict", "p0.jpg", "p1.jpg"});
    return out;
  }

  /** A command in a workspace, with its answer as JSON. */
  static String[] in(Path workspace, String... command) {
    List<String> out = new ArrayList<>(Arrays.asList(command));
    out.addAll(List.of("--json", "-w", workspace.toAbsolutePath().toString()));
    return out.toArray(String[]::new);
  }
}
