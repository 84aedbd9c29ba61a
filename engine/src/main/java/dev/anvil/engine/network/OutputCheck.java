package dev.anvil.engine.network;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.diffusion.ControlNet;
import dev.anvil.diffusion.DepthNetwork;
import dev.anvil.diffusion.LatentDiffusion;
import dev.anvil.edit.InpainterProbe;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncoderProbe;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.TextEncoder;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.segment.model.SegmenterProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the networks of a pack give what can be used: finite numbers that depend on what they are
 * given, and, for encoders, on nothing else. Every network is tried on inputs made for this, but
 * for a diffusion's safety checker, which says yes or no, and encoders of sentences, which no pack
 * is opened for.
 *
 * <p>The same is looked at when a network is used: numbers at each call, and whether they depend on
 * the input when all results of a run are the same.
 */
public final class OutputCheck {
  private static final List<String> TEXTS =
      List.of("a red car on a street", "two people at the sea", "a bowl of fruit");

  private OutputCheck() {}

  /** What is wrong with a pack's networks; nothing when they are sound. */
  public static List<Problem> problems(ModelPack pack) throws IOException {
    List<Problem> problems = new ArrayList<>();
    try {
      problems.addAll(ofKind(pack));
      if (Encoders.hasText(pack)) {
        try (TextEncoder encoder = Encoders.openText(pack, 1)) {
          problems.addAll(EncoderProbe.problems(encoder, TEXTS));
        }
      }
    } catch (InvalidInputException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  private static List<Problem> ofKind(ModelPack pack) throws IOException {
    return switch (pack.manifest().kind()) {
      case ANVIL -> {
        List<Problem> problems = new ArrayList<>();
        if (pack.find("encoder").isPresent()) {
          problems.addAll(ofEncoder(pack));
        }
        if (pack.find("detector").isPresent()) {
          problems.addAll(SegmenterProbe.problems(pack));
        }
        yield problems;
      }
      case CLIP ->
          pack.find("vision").isPresent() || pack.find("model").isPresent()
              ? ofEncoder(pack)
              : List.of();
      case BACKBONE -> ofEncoder(pack);
      case ONEFORMER, MASK2FORMER, MASKFORMER, DETR, SEGFORMER, FOREGROUND, CLIPSEG, SAM ->
          SegmenterProbe.problems(pack);
      case INPAINTING -> InpainterProbe.problems(pack);
      case STABLE_DIFFUSION -> {
        try (LatentDiffusion diffusion = LatentDiffusion.open(pack, 1)) {
          yield diffusion.problems(RunContext.NONE);
        }
      }
      case CONTROLNET -> {
        try (ControlNet network = ControlNet.open(pack, 1)) {
          yield network.problems(RunContext.NONE);
        }
      }
      case DEPTH -> {
        try (DepthNetwork network = DepthNetwork.open(pack, 1)) {
          yield network.problems(RunContext.NONE);
        }
      }
      case SENTENCE -> List.of();
    };
  }

  private static List<Problem> ofEncoder(ModelPack pack) throws IOException {
    try (Encoder encoder = open(pack)) {
      return EncoderProbe.problems(encoder);
    }
  }

  /** A classifier without features is used by its scores. */
  private static Encoder open(ModelPack pack) throws IOException {
    try {
      return Encoders.open(pack, 1);
    } catch (InvalidInputException e) {
      if (pack.manifest().kind() != PackKind.BACKBONE) {
        throw e;
      }
      return Encoders.openScores(pack, 1);
    }
  }
}
