package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.onnx.TensorSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of a network's outputs is the embedding (docs/model-contracts.md sections 2.4, 3). */
enum Embedding {
  /** A picture's, in the space that it shares with texts. */
  CLIP {
    @Override
    Optional<TensorSpec> choose(List<TensorSpec> outputs, PackConfig config) {
      return shared("image_embeds", outputs, config);
    }

    @Override
    String expected(PackConfig config) {
      return shared("image_embeds", "CLIPVisionModelWithProjection", config);
    }
  },
  /** A text's, in the space that it shares with pictures. */
  TEXT {
    @Override
    Optional<TensorSpec> choose(List<TensorSpec> outputs, PackConfig config) {
      return shared("text_embeds", outputs, config);
    }

    @Override
    String expected(PackConfig config) {
      return shared("text_embeds", "CLIPTextModelWithProjection", config);
    }
  },
  /** A picture's features before a classifier. */
  FEATURES {
    @Override
    Optional<TensorSpec> choose(List<TensorSpec> outputs, PackConfig config) {
      List<TensorSpec> features = outputs.stream().filter(o -> !isScores(o)).toList();
      return named("pooler_output", features)
          .or(() -> named("output0", features))
          .or(() -> named("last_hidden_state", features))
          .or(() -> sole(features))
          .filter(o -> o.shape().size() >= 2 && o.shape().size() <= 4);
    }

    @Override
    String expected(PackConfig config) {
      return "features before the classifier: export the network without it (timm: num_classes=0),"
          + " or ask for the scores of the classes";
    }
  },
  /** A classifier's scores. */
  SCORES {
    @Override
    Optional<TensorSpec> choose(List<TensorSpec> outputs, PackConfig config) {
      return named("logits", outputs).or(() -> sole(outputs)).filter(o -> o.shape().size() == 2);
    }

    @Override
    String expected(PackConfig config) {
      return "logits [batch, classes]";
    }
  };

  /** Numbers of classes of ImageNet and its variants. */
  private static final Set<Long> CLASSES = Set.of(1000L, 1001L, 11221L, 21841L, 21843L);

  abstract Optional<TensorSpec> choose(List<TensorSpec> outputs, PackConfig config);

  abstract String expected(PackConfig config);

  /**
   * The output that is the embedding.
   *
   * @throws InvalidInputException when none is, with the reason
   */
  TensorSpec choose(List<TensorSpec> outputs, PackConfig config, String where) {
    return choose(outputs, config)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    where,
                    "found the outputs %s; expected %s"
                        .formatted(show(outputs), expected(config))));
  }

  private static Optional<TensorSpec> shared(
      String name, List<TensorSpec> outputs, PackConfig config) {
    return named(name, outputs)
        .or(() -> config.isSiglip() ? named("pooler_output", outputs) : Optional.empty())
        .or(
            () ->
                sole(
                    outputs.stream()
                        .filter(o -> o.shape().size() == 2 && hasWidth(o, config))
                        .filter(o -> !o.name().equals("pooler_output"))
                        .filter(o -> !o.name().startsWith("logits"))
                        .filter(o -> !o.name().endsWith("_embeds"))
                        .toList()));
  }

  private static String shared(String name, String module, PackConfig config) {
    return config.projection().isPresent()
        ? "%s of width %d (projection_dim in config.json); features before the projection are not in the space of pictures and texts: export %s"
            .formatted(name, config.projection().getAsInt(), module)
        : "%s, or one output [batch, width]".formatted(name);
  }

  private static boolean hasWidth(TensorSpec output, PackConfig config) {
    long width = output.shape().get(1);
    return width == TensorSpec.FREE
        || config.projection().isEmpty()
        || config.projection().getAsInt() == width;
  }

  private static boolean isScores(TensorSpec output) {
    return output.name().toLowerCase(Locale.ROOT).contains("logits")
        || (output.shape().size() == 2 && CLASSES.contains(output.shape().get(1)));
  }

  private static Optional<TensorSpec> named(String name, List<TensorSpec> outputs) {
    return outputs.stream().filter(o -> o.name().equals(name)).findFirst();
  }

  private static Optional<TensorSpec> sole(List<TensorSpec> outputs) {
    return outputs.size() == 1 ? Optional.of(outputs.get(0)) : Optional.empty();
  }

  private static String show(List<TensorSpec> outputs) {
    return outputs.stream()
        .map(o -> o.name() + " " + o.typeAndShape())
        .collect(Collectors.joining(", "));
  }
}
