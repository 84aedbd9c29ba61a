package dev.anvil.inside;

import dev.anvil.RunContext;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.View;
import dev.anvil.image.Picture;
import java.util.List;

/** Embeds a picture as the mean brightness of its left and of its right half, 0 to 1. */
record BrightnessEncoder() implements Encoder {
  private record Halves(float left, float right) implements Prepared {}

  @Override
  public String id() {
    return "brightness";
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block("whole", 2));
  }

  @Override
  public Prepared prepare(View view) {
    Picture p = view.picture();
    double[] sums = new double[2];
    for (int y = 0; y < p.height(); y++) {
      for (int x = 0; x < p.width(); x++) {
        sums[2 * x / p.width()] += p.get(x, y, 0) / 255.0;
      }
    }
    double pixels = p.width() * p.height() / 2.0;
    return new Halves((float) (sums[0] / pixels), (float) (sums[1] / pixels));
  }

  @Override
  public float[][] infer(List<Prepared> batch, RunContext context) {
    return batch.stream()
        .map(Halves.class::cast)
        .map(h -> new float[] {h.left(), h.right()})
        .toArray(float[][]::new);
  }

  @Override
  public void close() {}
}
