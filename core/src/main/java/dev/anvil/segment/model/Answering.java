package dev.anvil.segment.model;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.onnx.Tensor;
import java.util.Map;

/** A segmenter whose networks can be asked without making elements of their answer. */
interface Answering {
  /** What the networks give for a picture, by output. */
  Map<String, Tensor> answer(Picture picture, RunContext context);
}
