package dev.anvil.segment;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import java.util.List;

/** A segmenter that finds no element in any picture. */
public final class FindsNothing implements Segmenter {
  @Override
  public String id() {
    return "nothing";
  }

  @Override
  public Segmentation segment(Picture picture, RunContext context) {
    return new Segmentation(List.of());
  }

  @Override
  public void close() {}
}
