package dev.anvil.diffusion;

import dev.anvil.onnx.Tensor;
import java.util.List;

/**
 * What holds a step to given pictures; all empty for a free run.
 *
 * @param residuals for the twelve skip connections and the middle, in this order
 * @param conditions of a network that has its ControlNets inside, [1, 3, H, W] each
 * @param scales how much each condition counts
 */
record Steering(List<Tensor> residuals, List<Tensor> conditions, List<Double> scales) {
  static final Steering NONE = new Steering(List.of(), List.of(), List.of());

  Steering {
    residuals = List.copyOf(residuals);
    conditions = List.copyOf(conditions);
    scales = List.copyOf(scales);
  }
}
