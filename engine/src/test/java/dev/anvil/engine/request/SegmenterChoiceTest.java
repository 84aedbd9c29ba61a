package dev.anvil.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.segment.SegmentationTask;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmenterChoiceTest {
  @Test
  void aChoiceIsReadAsItWasWritten() {
    SegmenterChoice plain = new SegmenterChoice("detr", Optional.empty());
    SegmenterChoice task = new SegmenterChoice("oneformer", Optional.of(SegmentationTask.SEMANTIC));

    assertThat(SegmenterChoice.parse(plain.text())).isEqualTo(plain);
    assertThat(SegmenterChoice.parse(task.text())).isEqualTo(task);
    assertThat(task.text()).isEqualTo("oneformer:semantic");
  }
}
