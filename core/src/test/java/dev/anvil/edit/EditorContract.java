package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.segment.Segmentation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every editor keeps to. */
abstract class EditorContract {
  abstract Editor editor();

  /** Requests that the editor must cope with; by default a car beside a person and one alone. */
  List<EditRequest> requests() {
    return List.of(
        Scene.request("b81c1c", true, 1),
        Scene.request("f2f2f2", false, 2),
        Scene.request("1c1c1e", true, 3));
  }

  @Test
  void givesEqualBytesForEqualRequests() {
    for (EditRequest request : requests()) {
      Edited first = editor().edit(request, RunContext.NONE);
      Edited second = editor().edit(request, RunContext.NONE);
      assertThat(second.picture()).isEqualTo(first.picture());
      assertThat(second.changed()).isEqualTo(first.changed());
    }
  }

  @Test
  void keepsTheSizeOfThePicture() {
    for (EditRequest request : requests()) {
      Edited edited = editor().edit(request, RunContext.NONE);
      assertThat(edited.picture().width()).isEqualTo(request.source().width());
      assertThat(edited.picture().height()).isEqualTo(request.source().height());
    }
  }

  @Test
  void leavesPixelsOutsideTheChangedRegionUntouched() {
    for (EditRequest request : requests()) {
      Edited edited = editor().edit(request, RunContext.NONE);
      byte[] before = request.source().rgb();
      byte[] after = edited.picture().rgb();
      int touched = 0;
      for (int i = 0; i < before.length; i++) {
        touched += edited.changed().alpha()[i / 3] == 0 && after[i] != before[i] ? 1 : 0;
      }
      assertThat(touched).isZero();
    }
  }

  @Test
  void doesNotWriteToItsRequest() {
    for (EditRequest request : requests()) {
      byte[] rgb = request.source().rgb().clone();
      float[] mask = request.mask().alpha().clone();
      List<float[]> elements =
          request.elements().elements().stream().map(e -> e.mask().alpha().clone()).toList();
      editor().edit(request, RunContext.NONE);
      assertThat(request.source().rgb()).isEqualTo(rgb);
      assertThat(request.mask().alpha()).isEqualTo(mask);
      for (int k = 0; k < elements.size(); k++) {
        assertThat(request.elements().elements().get(k).mask().alpha()).isEqualTo(elements.get(k));
      }
    }
  }

  /** Stand-ins of networks paint nothing that could be taken for a part of the picture. */
  boolean paintsWell() {
    return true;
  }

  private static boolean isOfQuality(String reason) {
    return reason.startsWith("a seam") || reason.startsWith("the filled place");
  }

  @Test
  void passesItsOwnCheck() {
    for (EditRequest request : requests()) {
      Edited edited = editor().edit(request, RunContext.NONE);
      assertThat(EditCheck.of(editor(), request, edited).reasons())
          .filteredOn(reason -> paintsWell() || !isOfQuality(reason))
          .isEmpty();
    }
  }

  @Test
  void survivesAnEmptyMask() {
    Picture source = requests().get(0).source();
    EditRequest nothing =
        new EditRequest(
            source, new Segmentation(List.of()), Mask.empty(source.width(), source.height()), 1);
    assertThat(editor().edit(nothing, RunContext.NONE).picture().width()).isEqualTo(source.width());
  }

  @Test
  void namesItself() {
    assertThat(Editors.NAMES).contains(editor().name());
    assertThat(editor().parameters().values()).doesNotContainNull();
  }

  /** What study and planning ask, they ask of the editor and of its kind. */
  @Test
  void answersWhatStudiesAsk() {
    Editor editor = editor();
    EditorKind kind = Editors.kind(editor.name()).orElseThrow();
    assertThat(kind.name()).isEqualTo(editor.name());
    assertThat(kind.scope()).isEqualTo(EditorKind.Scope.PICTURE);
    if (kind.needsTones()) {
      assertThat(editor.isGlobal()).isTrue();
    }
    kind.shows(Map.copyOf(editor.parameters()))
        .ifPresent(
            shown ->
                assertThat(shown instanceof Shown.Paint)
                    .isEqualTo(editor.targetColour().isPresent()));
    nullEditOf(editor)
        .ifPresent(
            same -> {
              assertThat(same.name()).isEqualTo(editor.name());
              assertThat(same.isRepeatable()).isEqualTo(editor.isRepeatable());
              assertThat(same.movesElements()).isEqualTo(editor.movesElements());
              assertThat(same.nullEdit()).isPresent();
            });
  }

  /** The null edit; by default the editor is made so that it has one, if it has any. */
  Optional<Editor> nullEditOf(Editor editor) {
    return editor.nullEdit();
  }
}
