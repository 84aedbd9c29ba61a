package dev.anvil.extension;

import dev.anvil.RunContext;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncoderProvider;
import dev.anvil.encode.View;
import java.util.List;

/** An encoder from outside that is no model pack: the mean of red, green and blue. */
public final class MeanColour implements EncoderProvider, Encoder {
  private record Means(float[] rgb) implements Prepared {}

  @Override
  public String name() {
    return "mean-colour";
  }

  @Override
  public Encoder open(int threads) {
    return this;
  }

  @Override
  public String id() {
    return "mean-colour-1";
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block("whole", 3));
  }

  @Override
  public Prepared prepare(View view) {
    float[] means = new float[3];
    byte[] rgb = view.picture().rgb();
    for (int i = 0; i < rgb.length; i++) {
      means[i % 3] += (rgb[i] & 255) * 3f / rgb.length;
    }
    return new Means(means);
  }

  @Override
  public float[][] infer(List<Prepared> batch, RunContext context) {
    return batch.stream().map(p -> ((Means) p).rgb()).toArray(float[][]::new);
  }

  @Override
  public void close() {}
}
