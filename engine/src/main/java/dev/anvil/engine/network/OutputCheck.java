package dev.anvil.engine.network;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncoderProbe;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.TextEncoder;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether the networks of a pack give what can be used: finite numbers that depend on the picture
 * or text, and on nothing else. Packs that encode are tried out; of others, each result is looked
 * at when they are used.
 */
public final class OutputCheck {
  private static final Set<PackKind> PICTURES =
      Set.of(PackKind.ANVIL, PackKind.CLIP, PackKind.BACKBONE);

  private static final List<String> TEXTS =
      List.of("a red car on a street", "two people at the sea", "a bowl of fruit");

  private OutputCheck() {}

  /** What is wrong with a pack's networks; nothing when they are sound. */
  public static List<Problem> problems(ModelPack pack) throws IOException {
    List<Problem> problems = new ArrayList<>();
    try {
      if (PICTURES.contains(pack.manifest().kind()) && encodesPictures(pack)) {
        try (Encoder encoder = open(pack)) {
          problems.addAll(EncoderProbe.problems(encoder));
        }
      }
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

  private static boolean encodesPictures(ModelPack pack) {
    return switch (pack.manifest().kind()) {
      case ANVIL -> pack.find("encoder").isPresent();
      case CLIP -> pack.find("vision").isPresent() || pack.find("model").isPresent();
      default -> true;
    };
  }
}
