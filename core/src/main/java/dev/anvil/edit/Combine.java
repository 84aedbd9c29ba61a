package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Several elements changed one after the other, each step on the picture that the last one left and
 * with the elements of the source.
 *
 * <p>A step that fails its own check ({@link EditCheck}) refuses the whole.
 */
public final class Combine implements Editor {
  /** Made by studies: its parameters are levels of other factors, by the factor's name. */
  static final EditorKind KIND = EditorKind.ofStudies("combine", EditorKind.Scope.FACTORS);

  /** The editor's name in study files. */
  public static final String NAME = KIND.name();

  private final List<Step> steps;

  /**
   * One change.
   *
   * @param name distinguishes the steps; a step of one name draws the same whatever the others do
   * @param element labels of the element, the largest one found; empty for the whole picture
   * @param editor that leaves elements where they are
   */
  public record Step(String name, List<String> element, Editor editor) {
    public Step {
      element = List.copyOf(element);
      if (editor.movesElements()) {
        throw new IllegalArgumentException(
            name + ": " + editor.name() + " moves elements; expected an editor that does not");
      }
    }

    private EditRequest request(EditRequest whole, Picture picture) {
      Mask mask =
          element.isEmpty()
              ? Mask.full(picture.width(), picture.height())
              : editor
                  .maskIn(whole.elements(), element)
                  .orElseThrow(() -> new IllegalArgumentException("there is no " + element));
      return new EditRequest(picture, whole.elements(), mask, Seeds.derive(whole.seed(), name));
    }
  }

  public Combine(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String prefix = (i + 1) + " " + step.name() + " ";
      all.put(prefix + "editor", step.editor().name());
      all.put(prefix + "element", step.element().toString());
      step.editor().parameters().forEach((name, value) -> all.put(prefix + name, value));
    }
    return all;
  }

  /** The sum over the steps: it counts up whenever one of theirs does. */
  @Override
  public int version() {
    return steps.stream().mapToInt(step -> step.editor().version()).sum();
  }

  /** Every step's null edit, where any has one. */
  @Override
  public Optional<Editor> nullEdit() {
    List<Step> nullEdits =
        steps.stream()
            .flatMap(
                s -> s.editor().nullEdit().stream().map(e -> new Step(s.name(), s.element(), e)))
            .collect(Collectors.toList());
    return nullEdits.isEmpty() ? Optional.empty() : Optional.of(new Combine(nullEdits));
  }

  /** Each step's own mask counts, not that of the whole. */
  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public boolean isRepeatable() {
    return steps.stream().allMatch(s -> s.editor().isRepeatable());
  }

  /** Each step is asked for itself. */
  @Override
  public boolean mustChange(EditRequest request) {
    return false;
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture picture = request.source();
    Mask changed = Mask.empty(picture.width(), picture.height());
    for (Step step : steps) {
      EditRequest next = step.request(request, picture);
      CheckedEdit made = CheckedEdit.of(step.editor(), next, context);
      if (!made.check().valid()) {
        return Edited.unchanged(
            request.source(),
            Optional.of(step.name() + ": " + String.join("; ", made.check().reasons())));
      }
      picture = made.edited().picture();
      changed = changed.union(made.edited().changed());
    }
    return new Edited(picture, changed);
  }
}
