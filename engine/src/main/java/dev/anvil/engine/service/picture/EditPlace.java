package dev.anvil.engine.service.picture;

import dev.anvil.InvalidInputException;
import dev.anvil.edit.Editor;
import dev.anvil.image.Mask;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.study.spec.StudySpec;
import java.util.List;

/** Where in a picture an edit takes place. */
final class EditPlace {
  private EditPlace() {}

  /**
   * The mask of an element, or of the whole picture.
   *
   * @param picture names it in messages
   * @throws InvalidInputException when the picture has no such element
   */
  static Mask of(String picture, Editor editor, Segmentation found, List<String> element) {
    if (element.contains(StudySpec.PICTURE)) {
      Mask any = found.elements().get(0).mask();
      return Mask.full(any.width(), any.height());
    }
    return editor
        .maskIn(found, element)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    picture,
                    "has no %s; found %s"
                        .formatted(
                            element, found.elements().stream().map(Element::label).toList())));
  }
}
