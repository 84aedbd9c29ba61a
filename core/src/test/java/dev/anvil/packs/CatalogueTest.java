package dev.anvil.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  @TempDir Path folder;

  private final Catalogue bundled = Catalogue.bundled();

  @Test
  void everyKindCanBeHadAndEveryEntrySaysWhatIsUnverified() {
    assertThat(bundled.entries())
        .extracting(CatalogueEntry::kind)
        .containsAll(EnumSet.complementOf(EnumSet.of(PackKind.ANVIL)));
    assertThat(bundled.entries()).allMatch(e -> e.unverified().isPresent());
  }

  @Test
  void theKnownHashesAreThere() {
    assertThat(bundled.get("lama").files().get(0).hash())
        .contains(
            new Digest(
                "sha256", "1faef5301d78db7dda502fe59966957ec4b79dd64e16f03ed96913c7a4eb68d6"));
    assertThat(bundled.get("u2net").files().get(0).hash())
        .contains(new Digest("md5", "60024c5c889badc19c04ad937298a77b"));
  }

  @Test
  void whatCannotBeDownloadedSaysHowToExportIt() {
    for (String name : List.of("oneformer-ade20k-swin-tiny", "resnet200d", "sd-1.5-controlled")) {
      assertThat(bundled.get(name).repository()).isEmpty();
      assertThat(bundled.get(name).export().orElseThrow()).contains("anvil models add");
    }
  }

  @Test
  void anEntryOfOnesOwnTakesThePlaceOfABundledOne() throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            anvil: catalogue/1
            packs:
              - {name: lama, kind: inpainting, about: Ours., repository: us/lama, licence: MIT}
              - {name: ours, kind: clip, about: Ours., repository: us/clip, licence: MIT}
            """);

    Catalogue both = bundled.with(Catalogue.read(own));

    assertThat(both.entries()).hasSize(bundled.entries().size() + 1);
    assertThat(both.get("lama").repository()).contains("us/lama");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> both.get("nothing"))
        .withMessageContaining("found no \"nothing\"");
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    String yaml =
        """
        anvil: catalogue/1
        packs:
          - name: Bad Name
            kind: frobnicator
            about: A test.
            repository: not a repository
            revision: ../up
            licence: MIT
            colour: red
            files:
              - {path: ../../etc/passwd}
              - {path: a.onnx, hash: "sha1:00", bytes: many, optional: perhaps}
          - {name: nothing, kind: clip, about: A test., licence: MIT}
          - {name: nothing, kind: clip, about: A test., licence: MIT, export: x}
        """;

    assertThat(
            catchThrowableOfType(
                    InvalidInputException.class, () -> CatalogueReader.read(yaml, "test"))
                .problems())
        .extracting(p -> p.where())
        .containsExactlyInAnyOrder(
            "test packs[0].colour",
            "test packs[0].name",
            "test packs[0].kind",
            "test packs[0].repository",
            "test packs[0].revision",
            "test packs[0].files[0].path",
            "test packs[0].files[1].hash",
            "test packs[0].files[1].bytes",
            "test packs[0].files[1].optional",
            "test packs[1]",
            "test packs");
  }

  @Test
  void noYamlAndNoFileAreTold() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> CatalogueReader.read("a: [", "test"))
        .withMessageStartingWith("test line");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> CatalogueReader.read("", "test"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Catalogue.read(folder.resolve("absent.yaml")))
        .withMessageContaining("found no such file; expected a catalogue");
  }
}
