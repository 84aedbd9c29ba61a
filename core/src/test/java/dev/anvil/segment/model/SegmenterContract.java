package dev.anvil.segment.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.MaskCodec;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every segmenter promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SegmenterContract {
  private Segmenter segmenter;

  /** A new segmenter; the contract closes it. */
  abstract Segmenter open() throws Exception;

  /** A picture in which it finds an element. */
  abstract Picture picture() throws Exception;

  /** Whether it takes a black picture for something too, as networks without "nothing" do. */
  boolean seesSomethingInNothing() {
    return false;
  }

  @BeforeAll
  void openSegmenter() throws Exception {
    segmenter = open();
  }

  @AfterAll
  void closeSegmenter() {
    segmenter.close();
  }

  Segmenter segmenter() {
    return segmenter;
  }

  @Test
  void hasAnId() {
    assertThat(segmenter.id()).isNotBlank();
  }

  @Test
  void endsWithTheOnlyBackground() throws Exception {
    List<Element> elements = segmenter.segment(picture()).elements();
    assertThat(elements).hasSizeGreaterThan(1);
    assertThat(elements.get(elements.size() - 1).label()).isEqualTo(Segmentation.BACKGROUND);
    assertThat(elements.stream().filter(e -> e.label().equals(Segmentation.BACKGROUND))).hasSize(1);
  }

  @Test
  void backgroundIsWhatNoThingCovers() throws Exception {
    List<Element> elements = segmenter.segment(picture()).elements();
    Mask covered = Mask.empty(picture().width(), picture().height());
    for (Element element : elements.subList(0, elements.size() - 1)) {
      covered = element.isThing() ? covered.union(element.mask()) : covered;
    }
    float[] background = elements.get(elements.size() - 1).mask().alpha();
    for (int i = 0; i < background.length; i++) {
      assertThat(background[i] + covered.alpha()[i]).isBetween(1 - 1e-6f, 1 + 1e-6f);
    }
  }

  @Test
  void elementsLieInThePicture() throws Exception {
    Picture picture = picture();
    assertThat(segmenter.segment(picture).elements())
        .allSatisfy(
            e -> {
              assertThat(e.mask().width()).isEqualTo(picture.width());
              assertThat(e.mask().height()).isEqualTo(picture.height());
              assertThat(e.label().equals(Segmentation.BACKGROUND) || e.mask().bounds().isPresent())
                  .isTrue();
              assertThat(e.box().left()).isNotNegative();
              assertThat(e.box().right()).isLessThanOrEqualTo(picture.width());
              assertThat(e.box().bottom()).isLessThanOrEqualTo(picture.height());
            });
  }

  @Test
  void aPictureOfNothingIsBackground() {
    Segmentation nothing = segmenter.segment(new Picture(50, 30, new byte[4500]));
    if (seesSomethingInNothing()) {
      assertThat(nothing.elements()).isNotEmpty();
    } else {
      assertThat(nothing.elements()).hasSize(1);
      assertThat(nothing.elements().get(0).mask()).isEqualTo(Mask.full(50, 30));
    }
  }

  @Test
  void theLabelMapNamesWhatCoversEachPixel() throws Exception {
    Segmentation segmentation = segmenter.segment(picture());
    int[] map = segmentation.labelMap();
    assertThat(map).hasSize(picture().width() * picture().height());
    for (int i = 0; i < map.length; i++) {
      float alpha = segmentation.elements().get(map[i]).mask().alpha()[i];
      int pixel = i;
      assertThat(segmentation.elements().stream().map(e -> e.mask().alpha()[pixel]))
          .allMatch(a -> a <= alpha);
    }
  }

  @Test
  void givesEqualResultsAlsoFromSeveralThreads() throws Exception {
    Picture picture = picture();
    Segmentation alone = segmenter.segment(picture);
    assertThat(IntStream.range(0, 6).parallel().mapToObj(i -> segmenter.segment(picture)).toList())
        .allMatch(alone::equals);
  }

  @Test
  void stopsWhenItsWorkIsToStop() throws Exception {
    Picture picture = picture();
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    RunContext stopped = RunContext.of(PhaseListener.NONE, cancellation);
    assertThatThrownBy(() -> segmenter.segment(picture, stopped))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void isStoredWithoutLoss() throws Exception {
    Segmentation segmentation = segmenter.segment(picture());
    byte[] bytes = MaskCodec.encode(segmentation);
    assertThat(MaskCodec.decode(bytes)).isEqualTo(segmentation);
    assertThat(bytes.length).isLessThan(picture().rgb().length / 20);
  }
}
