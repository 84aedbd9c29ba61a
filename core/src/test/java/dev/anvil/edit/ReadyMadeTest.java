package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Segmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyMadeTest {
  @TempDir Path folder;

  @Test
  void theFileOfThePostIsTheVariant() throws IOException {
    Picture red = picture(200);
    Files.write(folder.resolve("p1-red.png"), PictureWriter.png(red));
    ReadyMade.Pattern pattern = ReadyMade.Pattern.of(Map.of("pictures", "{post}-red.png"), folder);

    assertThat(pattern.editor(post("p1")).orElseThrow().edit(request(), RunContext.NONE).picture())
        .isEqualTo(red);
    assertThat(pattern.editor(post("p2"))).isEmpty();
  }

  @Test
  void theSourceCanStandInWhereThereIsNoFile() throws IOException {
    Files.write(folder.resolve("p2.png"), PictureWriter.png(picture(10)));
    ReadyMade.Pattern pattern =
        ReadyMade.Pattern.of(Map.of("pictures", "{post}-red.png", "missing", "source"), folder);

    assertThat(pattern.editor(post("p2")).orElseThrow().edit(request(), RunContext.NONE).picture())
        .isEqualTo(picture(10));
  }

  @Test
  void aPictureThatIsReplacedAfterItWasFoundIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("p1-red.png"), PictureWriter.png(picture(200)));
    ReadyMade.Pattern pattern = ReadyMade.Pattern.of(Map.of("pictures", "{post}-red.png"), folder);
    Editor editor = pattern.editor(post("p1")).orElseThrow();
    Files.write(file, PictureWriter.png(picture(100)));

    assertThatThrownBy(() -> editor.edit(request(), RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": has changed since it was recorded");
  }

  @Test
  void aPictureOfAnotherSizeIsRefused() throws IOException {
    Files.write(folder.resolve("p1-red.png"), PictureWriter.png(new Picture(2, 2, new byte[12])));
    ReadyMade.Pattern pattern = ReadyMade.Pattern.of(Map.of("pictures", "{post}-red.png"), folder);

    assertThatThrownBy(
            () -> pattern.editor(post("p1")).orElseThrow().edit(request(), RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 x 2")
        .hasMessageContaining("4 x 4");
  }

  @Test
  void everyUnfitParameterIsReported() {
    assertThatThrownBy(
            () ->
                ReadyMade.Pattern.of(Map.of("pictures", "red.png", "missing", "x", "y", 1), folder))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  private Post post(String id) {
    return new Post(
        id,
        Sha256.of(PictureWriter.png(picture(10))),
        folder.resolve(id + ".png"),
        LocalDateTime.of(2024, 1, 1, 12, 0),
        Map.of(),
        Map.of());
  }

  private static EditRequest request() {
    return new EditRequest(picture(10), new Segmentation(List.of()), Mask.full(4, 4), 1);
  }

  private static Picture picture(int level) {
    byte[] rgb = new byte[48];
    Arrays.fill(rgb, (byte) level);
    return new Picture(4, 4, rgb);
  }
}
