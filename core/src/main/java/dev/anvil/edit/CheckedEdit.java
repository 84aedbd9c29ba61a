package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.segment.Segmenter;
import java.util.function.BiFunction;

/**
 * An edit with its check.
 *
 * <p>An editor that is to try several times ({@link Editor#attempts}) is asked again, each time
 * with another seed that follows from the request's, until an edit passes; the last one counts
 * where none does.
 */
public record CheckedEdit(Edited edited, EditCheck check) {
  public CheckedEdit {
    requireNonNull(edited, "edited is null");
    requireNonNull(check, "check is null");
  }

  /**
   * Edits, and checks what came of it.
   *
   * @param segmenter looks again where something was taken away or put in
   */
  public static CheckedEdit of(
      Editor editor, EditRequest request, Segmenter segmenter, RunContext context) {
    return of(
        editor,
        request,
        context,
        (asked, edited) -> EditCheck.of(editor, asked, edited, segmenter, context));
  }

  /** As above, without looking for elements again. */
  static CheckedEdit of(Editor editor, EditRequest request, RunContext context) {
    return of(editor, request, context, (asked, edited) -> EditCheck.of(editor, asked, edited));
  }

  private static CheckedEdit of(
      Editor editor,
      EditRequest request,
      RunContext context,
      BiFunction<EditRequest, Edited, EditCheck> checking) {
    for (int attempt = 1; ; attempt++) {
      EditRequest asked =
          attempt == 1
              ? request
              : request.withSeed(Seeds.derive(request.seed(), "attempt " + attempt));
      Edited edited = editor.edit(asked, context);
      EditCheck check = checking.apply(asked, edited);
      if (check.valid()) {
        check = check.with(editor.unlike(edited.picture(), context).stream().toList());
      }
      if (check.valid() || attempt >= editor.attempts()) {
        return new CheckedEdit(edited, attempt == 1 ? check : check.after(attempt));
      }
    }
  }
}
