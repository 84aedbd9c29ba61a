package dev.anvil.segment.model;

import dev.anvil.onnx.Tensor;
import dev.anvil.segment.SegmentationTask;
import java.util.Arrays;

/**
 * "the task is semantic" and its kin as OneFormer's token ids; the rest is 0, not CLIP's padding
 * (docs/model-contracts.md section 4.1.1).
 */
final class TaskTokens {
  private static final int LENGTH = 77;

  private TaskTokens() {}

  /** [1, 77]. */
  static Tensor of(SegmentationTask task) {
    float[] ids =
        switch (task) {
          case SEMANTIC -> new float[] {49406, 518, 10549, 533, 29119, 1550, 49407};
          case INSTANCE -> new float[] {49406, 518, 10549, 533, 34572, 49407};
          case PANOPTIC -> new float[] {49406, 518, 10549, 533, 1072, 24755, 49407};
        };
    return Tensor.of(Arrays.copyOf(ids, LENGTH), 1, LENGTH);
  }
}
