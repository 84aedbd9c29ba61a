package dev.anvil.app;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.edit.EditCheck;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.study.StudySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "edit",
    description = {
      "Change one element of a picture.",
      "Example: anvil edit car.jpg --element car --editor recolor --set colour=#c4121a -o red.png"
    })
final class EditCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "PICTURE", description = "Picture to edit.")
  Path file;

  @Option(
      names = "--element",
      paramLabel = "LABEL",
      split = ",",
      required = true,
      description = "Element to change; background and picture always exist.")
  List<String> element;

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--editor",
      paramLabel = "NAME",
      required = true,
      description = "recolor, remove, background, insert, blur, tone or none.")
  String editor;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Parameters of the editor.")
  Map<String, String> parameters = Map.of();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of what the editor draws.")
  long seed = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PNG",
      required = true,
      description = "File to write; it carries the request as text.")
  Path output;

  @Override
  public Integer call() throws Exception {
    Picture picture = PictureReader.DEFAULT.read(file);
    try (Session session = Session.open(common)) {
      segmenter.choice().ifPresent(session::use);
      Editor chosen =
          session
              .editors()
              .create(editor, new LinkedHashMap<>(parameters), Path.of("").toAbsolutePath());
      Segmentation found = session.segmenter().segment(picture);
      EditRequest request = new EditRequest(picture, found, mask(picture, found), seed);
      Edited edited = chosen.edit(request);
      EditCheck check = EditCheck.of(chosen, request, edited);
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("anvil:source", Sha256.of(file));
      texts.put("anvil:element", element.toString());
      texts.put("anvil:editor", chosen.name() + " " + chosen.parameters());
      texts.put("anvil:seed", Long.toString(seed));
      Files.write(output, PictureWriter.png(edited.picture(), texts));
      String judged = check.valid() ? "the edit passed its checks" : check.reasons().toString();
      common.print(
          Map.of("file", output.toString(), "valid", check.valid(), "reasons", check.reasons()),
          "Wrote %s: %s".formatted(output, judged));
      return 0;
    }
  }

  private Mask mask(Picture picture, Segmentation found) {
    if (element.contains(StudySpec.PICTURE)) {
      return Mask.full(picture.width(), picture.height());
    }
    return found
        .largest(element)
        .map(Element::mask)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    file.toString(),
                    "has no %s; found %s"
                        .formatted(
                            element, found.elements().stream().map(Element::label).toList())));
  }
}
