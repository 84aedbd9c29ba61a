package dev.anvil.study.design;

import dev.anvil.AnvilException;
import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import dev.anvil.Problem;
import dev.anvil.Seeds;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Combine;
import dev.anvil.edit.Editor;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Subject;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Lays out a study: the variants of every source, and the null edits that they are held against.
 */
public final class StudyPlan {
  private final StudySpec spec;
  private final String viewId;
  private final Map<Factor, Map<String, Function<Source, Optional<Editor>>>> editors =
      new LinkedHashMap<>();

  /**
   * Makes the study's editors.
   *
   * @param folder paths in the study are relative to it
   * @param viewId by {@link #viewId}
   * @throws InvalidInputException with every mistake in the parameters of the levels
   * @throws MissingPackException when all that is wrong is that packs are not installed
   */
  public StudyPlan(StudySpec spec, Path folder, Editors making, String viewId) {
    this.spec = spec;
    this.viewId = viewId;
    List<Problem> problems = new ArrayList<>();
    List<Problem> missing = new ArrayList<>();
    Set<String> packs = new LinkedHashSet<>();
    for (Factor factor : spec.allFactors()) {
      Map<String, Function<Source, Optional<Editor>>> byLevel = new LinkedHashMap<>();
      editors.put(factor, byLevel);
      for (String level : factor.levels().keySet()) {
        try {
          byLevel.put(level, editor(factor, level, folder, making));
        } catch (InvalidInputException e) {
          problems.addAll(placed(factor, level, e));
        } catch (MissingPackException e) {
          missing.addAll(placed(factor, level, e));
          packs.add(e.pack());
        }
      }
      if (factor.isOf(EditorKind.Scope.GENERATED) && spec.sources().generation().isEmpty()) {
        problems.add(
            new Problem(
                "factor %s, editor".formatted(factor.name()),
                "found %s; expected sources.generate beside it, whose words it changes"
                    .formatted(factor.editor())));
      }
    }
    if (problems.isEmpty() && !missing.isEmpty()) {
      throw new MissingPackException(packs.iterator().next(), missing);
    }
    problems.addAll(missing);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /**
   * Names all that a variant's embedding depends on besides its picture.
   *
   * @param encoder its id
   * @param segmenter its id
   * @param subject that the encoder looks at
   */
  public static String viewId(String encoder, String segmenter, Subject subject) {
    return encoder + segmenter + subject;
  }

  private static List<Problem> placed(Factor factor, String level, AnvilException e) {
    return e.problems().stream()
        .map(
            p ->
                new Problem(
                    "factor %s, level %s, %s".formatted(factor.name(), level, p.where()),
                    p.message()))
        .toList();
  }

  /**
   * Every picture to be made. A null edit that several variants share is there once.
   *
   * @param canEdit whether a source has what a factor edits
   */
  public List<Cell> cells(List<Source> sources, BiPredicate<Source, Factor> canEdit) {
    List<Cell> cells = new ArrayList<>();
    Set<String> nullEdits = new HashSet<>();
    for (Factor factor : editors.keySet()) {
      for (int i = 0; i < sources.size(); i++) {
        Source source = sources.get(i);
        if (factor.parts().stream().allMatch(part -> canEdit.test(source, named(part)))) {
          for (Cell cell : cells(factor, i, source)) {
            if (!cell.isNullEdit() || nullEdits.add(factor.name() + cell.key())) {
              cells.add(cell);
            }
          }
        }
      }
    }
    return cells;
  }

  private List<Cell> cells(Factor factor, int index, Source source) {
    List<Cell> cells = new ArrayList<>();
    for (Map.Entry<String, Function<Source, Optional<Editor>>> level :
        editors.get(factor).entrySet()) {
      Optional<Editor> editor = level.getValue().apply(source);
      for (int seed = 0; editor.isPresent() && seed < factor.seeds(); seed++) {
        long editSeed = Seeds.derive(spec.seed(), source.post().creative(), factor.name(), seed);
        Optional<Editor> nullEdit = editor.get().nullEdit();
        Optional<String> control = nullEdit.map(e -> key(viewId, source, factor, e, editSeed));
        if (nullEdit.isPresent()) {
          cells.add(
              new Cell(
                  index,
                  source,
                  factor,
                  StudySpec.NULL_EDIT,
                  seed,
                  editSeed,
                  nullEdit.get(),
                  control.orElseThrow(),
                  Optional.empty()));
        }
        cells.add(
            new Cell(
                index,
                source,
                factor,
                level.getKey(),
                seed,
                editSeed,
                editor.get(),
                key(viewId, source, factor, editor.get(), editSeed),
                control));
      }
    }
    return cells;
  }

  private Factor named(String name) {
    return spec.allFactors().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no factor " + name));
  }

  /**
   * Parts behind come first, lest they cover what was put before them. A part that a combination
   * leaves alone is edited as the control of the others' is.
   */
  private Combine combine(Factor factor, String level, Path folder, Editors making) {
    Map<String, Object> chosen = factor.levels().get(level);
    List<Combine.Step> steps = new ArrayList<>();
    for (Factor part :
        factor.parts().stream()
            .map(this::named)
            .sorted(Comparator.comparing(p -> !isBehind(p)))
            .toList()) {
      Object wanted = chosen.get(part.name());
      Map<String, Object> parameters =
          wanted == null
              ? part.levels().values().iterator().next()
              : part.levels().get(wanted.toString());
      Editor editor = making.create(part.editor(), parameters, folder);
      List<String> element =
          part.element().contains(StudySpec.PICTURE) ? List.of() : part.element();
      Optional.of(editor)
          .filter(e -> wanted != null)
          .or(editor::nullEdit)
          .ifPresent(e -> steps.add(new Combine.Step(part.name(), element, e)));
    }
    return new Combine(steps);
  }

  private static boolean isBehind(Factor factor) {
    return factor.element().contains(Segmentation.BACKGROUND)
        || factor.element().contains(StudySpec.PICTURE);
  }

  private Function<Source, Optional<Editor>> editor(
      Factor factor, String level, Path folder, Editors making) {
    Map<String, Object> parameters = factor.levels().get(level);
    if (factor.combines()) {
      Optional<Editor> editor = Optional.of(combine(factor, level, folder, making));
      return source -> editor;
    }
    if (factor.isOf(EditorKind.Scope.GENERATED)) {
      return source -> GeneratedSources.editor(source, factor, level);
    }
    Function<Post, Optional<Editor>> editors = making.forPosts(factor.editor(), parameters, folder);
    return source -> editors.apply(source.post());
  }

  /** Before, only the largest element of the labels was edited. */
  private static final String ALL_ELEMENTS = "all elements";

  /** Names all that a variant's picture, check and embedding depend on. */
  static String key(String viewId, Source source, Factor factor, Editor editor, long editSeed) {
    return Sha256.of(
        String.join(
            "\u001f",
            ALL_ELEMENTS,
            viewId,
            source.post().creative(),
            factor.element().toString(),
            editor.name(),
            "version " + editor.version(),
            new TreeMap<>(editor.parameters()).toString(),
            Long.toString(editSeed)));
  }
}
