package dev.anvil.study.design;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.diffusion.Generator;
import dev.anvil.edit.Editor;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.edit.Reimagine;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Element;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.store.Stores;
import dev.anvil.study.design.Source.Words;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.spec.StudySpec.Generation;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sources that were never posted: pictures from a grid of prompts, as in the paper. A source is a
 * seed with a word for each factor, drawn at random; its variants change one word and keep the
 * seed.
 */
public final class GeneratedSources {
  private static final String PNG = "generated-png";

  /** Unlike any group of posts: every refit may score it. */
  private static final int NO_GROUP = -1;

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

  private final StudySpec spec;
  private final Generation generation;
  private final SegmentationCache segmentations;
  private final Stores stores;

  public GeneratedSources(
      StudySpec spec, Generation generation, SegmentationCache segmentations, Stores stores) {
    this.spec = spec;
    this.generation = generation;
    this.segmentations = segmentations;
    this.stores = stores;
  }

  /**
   * Makes the pictures, but for those made before.
   *
   * @param folder paths in the study are relative to it
   * @param posts of the campaign, which lend time and metadata that the study does not set
   * @throws InvalidInputException when prompt and factors do not fit, or when no picture shows the
   *     main element
   */
  public List<Source> make(Editors editors, Path folder, List<Post> posts, RunContext context) {
    checkPlaces();
    Generator generator = editors.generator(generation.parameters(), folder);
    int count = spec.sources().count();
    List<Source> sources = new ArrayList<>();
    try (Phase phase = context.start("generate", count)) {
      for (int i = 0; i < count; i++) {
        Words words = words(generator, i);
        Post post = post("generated " + (i + 1), png(words, phase.context()), posts);
        Optional<Mask> main =
            segmentations.of(post).largest(spec.sources().element()).map(Element::mask);
        main.ifPresent(m -> sources.add(new Source(post, NO_GROUP, m, Optional.of(words))));
        phase.step(1);
      }
    }
    if (sources.isEmpty()) {
      throw new InvalidInputException(
          "sources.generate",
          "none of %d pictures shows %s; expected at least one"
              .formatted(count, spec.sources().element()));
    }
    return sources;
  }

  /** The editor that gives a generated source another word; empty for a post. */
  static Optional<Editor> editor(Source source, Factor factor, String level) {
    return source
        .words()
        .map(w -> new Reimagine(w.with(factor.name(), word(factor, level)), w.seed()));
  }

  /** What stands for a level in a prompt: its {@code word}, or its name. */
  private static String word(Factor factor, String level) {
    return String.valueOf(factor.levels().get(level).getOrDefault("word", level));
  }

  private List<Factor> worded() {
    return spec.allFactors().stream().filter(f -> f.isOf(EditorKind.Scope.GENERATED)).toList();
  }

  private void checkPlaces() {
    String prompt = String.valueOf(generation.parameters().get("prompt"));
    TreeSet<String> places = new TreeSet<>();
    Matcher matcher = PLACE.matcher(prompt);
    while (matcher.find()) {
      places.add(matcher.group(1));
    }
    List<Problem> problems = new ArrayList<>();
    String where = "sources.generate.prompt";
    for (Factor factor : worded()) {
      if (!places.remove(factor.name())) {
        problems.add(
            new Problem(
                where,
                "found \"%s\"; expected {%s} in it, as a factor is called"
                    .formatted(prompt, factor.name())));
      }
    }
    for (String place : places) {
      problems.add(
          new Problem(
              where,
              "found {%s}; expected a factor of that name with editor: generate".formatted(place)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private Words words(Generator generator, int i) {
    Map<String, String> byFactor = new LinkedHashMap<>();
    for (Factor factor : worded()) {
      List<String> levels = List.copyOf(factor.levels().keySet());
      int drawn = Seeds.random(spec.seed(), "word", factor.name(), i).nextInt(levels.size());
      byFactor.put(factor.name(), word(factor, levels.get(drawn)));
    }
    return new Words(generator, byFactor, Seeds.derive(spec.seed(), "generated", i));
  }

  private Post post(String id, String blob, List<Post> posts) {
    Map<String, String> metadata = commonest(posts);
    metadata.putAll(generation.metadata());
    Optional<LocalDateTime> time =
        generation
            .time()
            .or(() -> posts.stream().flatMap(p -> p.time().stream()).max(LocalDateTime::compareTo));
    return new Post(id, blob, stores.blobs().path(blob), time, Map.of(), metadata);
  }

  /** The blob of a source's PNG, which carries its request. */
  private String png(Words words, RunContext context) {
    Map<String, String> request = new TreeMap<>(words.own().parameters());
    request.put("seed", Long.toString(words.seed()));
    String key = Sha256.of(request.toString());
    Optional<String> known = stores.results().get(PNG, key);
    if (known.filter(stores.blobs()::isWhole).isPresent()) {
      return known.get();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    request.forEach((name, value) -> texts.put("anvil:" + name, value));
    Picture picture = words.own().generate(words.seed(), context).picture();
    String blob = stores.blobs().put(PictureWriter.png(picture, texts));
    stores.results().put(PNG, key, blob);
    return blob;
  }

  /** The most frequent value of each column of metadata. */
  private static Map<String, String> commonest(List<Post> posts) {
    Map<String, Map<String, Long>> counts =
        posts.stream()
            .flatMap(p -> p.metadata().entrySet().stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    TreeMap::new,
                    Collectors.groupingBy(
                        Map.Entry::getValue, TreeMap::new, Collectors.counting())));
    Map<String, String> commonest = new TreeMap<>();
    counts.forEach(
        (column, values) ->
            commonest.put(
                column,
                values.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey()));
    return commonest;
  }
}
