package dev.anvil.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against docs/model-contracts.md section 4.11 and Appendices A to C. */
class LabelSetTest {
  @Test
  void hasThePublishedSizesAndThings() {
    assertThat(LabelSet.ADE20K.size()).isEqualTo(150);
    assertThat(LabelSet.ADE20K.labels().stream().filter(Label::isThing)).hasSize(100);
    assertThat(LabelSet.COCO.size()).isEqualTo(133);
    assertThat(LabelSet.COCO.labels().stream().filter(Label::isThing)).hasSize(80);
    assertThat(LabelSet.CITYSCAPES.size()).isEqualTo(19);
    assertThat(LabelSet.CITYSCAPES.labels().stream().filter(Label::isThing)).hasSize(8);
    assertThat(LabelSet.ofSize(150)).contains(LabelSet.ADE20K);
    assertThat(LabelSet.ofSize(7)).isEmpty();
  }

  @Test
  void findsTheClassesOfACarAd() {
    assertThat(id("car")).isEqualTo(20);
    assertThat(id("road")).isEqualTo(6);
    assertThat(id("building")).isEqualTo(1);
    assertThat(id("sky")).isEqualTo(2);
    assertThat(id("tree")).isEqualTo(4);
    assertThat(id("person")).isEqualTo(12);
    assertThat(id("grass")).isEqualTo(9);
    assertThat(id("earth")).isEqualTo(13);
    assertThat(id("mountain")).isEqualTo(16);
    assertThat(id("sea")).isEqualTo(26);
    assertThat(id("sand")).isEqualTo(46);
    assertThat(LabelSet.ADE20K.byName("spaceship")).isEmpty();
  }

  @Test
  void knowsBothSpellings() {
    assertThat(id("television receiver")).isEqualTo(89).isEqualTo(id("TV"));
    assertThat(id("windowpane")).isEqualTo(8).isEqualTo(id("window"));
    assertThat(id("ashcan")).isEqualTo(138).isEqualTo(id("trash can"));
  }

  @Test
  void knowsTheColourOfAName() {
    assertThat(LabelSet.ADE20K.byName("car").orElseThrow().colour()).hasValue(0x0066c8);
    assertThat(LabelSet.ADE20K.byName("road").orElseThrow().colour()).hasValue(0x8c8c8c);
    assertThat(LabelSet.CITYSCAPES.byName("car").orElseThrow().colour()).hasValue(0x00008e);
    assertThat(LabelSet.COCO.byName("car").orElseThrow().colour()).isEmpty();
  }

  @Test
  void knowsCocosOwnIds() {
    assertThat(LabelSet.COCO.byName("cat").orElseThrow().id()).isEqualTo(15);
    assertThat(LabelSet.COCO.byName("cat").orElseThrow().raw()).isEqualTo(17);
    assertThat(LabelSet.COCO.labels().get(132).raw()).isEqualTo(200);
    assertThat(LabelSet.COCO.byRaw(17).orElseThrow().name()).isEqualTo("cat");
    assertThat(LabelSet.COCO.byRaw(12)).isEmpty();
    assertThat(LabelSet.ADE20K.labels().get(7).raw()).isEqualTo(7);
    assertThat(LabelSet.COCO.byId(133)).isEmpty();
    assertThat(LabelSet.COCO.byId(-1)).isEmpty();
  }

  private static int id(String name) {
    return LabelSet.ADE20K.byName(name).orElseThrow().id();
  }
}
