package dev.anvil.lab.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Numbers that somebody published for a real model (docs/model-contracts.md sections 2.6, 4), to
 * compare a pack with; {@code acceptance.yaml} has them.
 *
 * @param kind of the packs that it is for, as in a manifest
 * @param pack pattern that the pack's name or origin contains
 * @param sample the picture that it is computed from; empty where it needs none
 * @param picture width and height that the sample is stretched to (bilinear, ImageNet's scale), or
 *     one number, 224: the middle square of CLIP (bicubic, CLIP's scale)
 * @param texts token ids of texts, without start and end
 * @param feeds whole inputs of the network, of shape [1, n]
 * @param expected what comes out
 * @param tolerance largest absolute difference
 * @param source who published it
 */
public record AcceptanceTest(
    String name,
    String kind,
    String pack,
    Optional<Sample> sample,
    Optional<List<Integer>> picture,
    Optional<List<List<Long>>> texts,
    Optional<Map<String, List<Long>>> feeds,
    List<Expected> expected,
    double tolerance,
    String source) {

  /**
   * A picture that people have to bring.
   *
   * @param file its name, a pattern
   * @param sha256 how its hash begins; a picture of this hash may have any name
   */
  public record Sample(String file, Optional<String> sha256, String where) {}

  /**
   * A part of a result.
   *
   * @param output of the network; {@code embedding} is the first one of rank two, {@code logits per
   *     text} and {@code probabilities} compare a picture with texts
   * @param at the first indices
   * @param values nested lists over the remaining dimensions, each from 0
   * @param unit whether the output is brought to length one first
   */
  public record Expected(String output, List<Integer> at, JsonNode values, boolean unit) {}

  /** The tests that are for a pack. */
  static List<AcceptanceTest> of(ModelPack pack) throws IOException {
    return all().stream().filter(t -> t.isFor(pack)).toList();
  }

  static List<AcceptanceTest> all() throws IOException {
    try (InputStream in = AcceptanceTest.class.getResourceAsStream("acceptance.yaml")) {
      YAMLMapper mapper = new YAMLMapper();
      mapper.registerModule(new com.fasterxml.jackson.datatype.jdk8.Jdk8Module());
      return List.of(mapper.readValue(in, AcceptanceTest[].class));
    }
  }

  private boolean isFor(ModelPack found) {
    String text = found.manifest().name() + " " + found.manifest().origin();
    return PackKind.of(kind).orElseThrow() == found.manifest().kind()
        && Pattern.compile(pack, Pattern.CASE_INSENSITIVE).matcher(text).find();
  }
}
