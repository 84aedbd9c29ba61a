package dev.anvil.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ids from transformers 5.18 with tokenizers 0.23.2, and from OpenAI's code with ftfy 6.3.1, on the
 * published vocabulary (docs/model-contracts.md section 2.5, clip_tokens.json).
 */
class ClipTokenizerTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path folder;

  private static ClipTokenizer openai;

  @BeforeAll
  static void readOpenAisMerges() throws IOException {
    try (InputStream in = ClipTokenizerTest.class.getResourceAsStream(TokenizerReader.OPENAI)) {
      Files.copy(in, folder.resolve(TokenizerReader.OPENAI));
    }
    openai = tokenizer(folder);
  }

  private static ClipTokenizer tokenizer(Path folder) throws IOException {
    return TokenizerReader.read(
        folder.toString(), name -> Optional.of(folder.resolve(name)).filter(Files::isRegularFile));
  }

  static Stream<JsonNode> texts() throws IOException {
    try (InputStream in = ClipTokenizerTest.class.getResourceAsStream("clip_tokens.json")) {
      return JSON.readTree(in).get("rows").valueStream();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void givesTheIdsOfHuggingFace(JsonNode row) {
    assertThat(content(openai, row.get("text").asText())).containsExactly(ids(row.get("hf")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void givesTheIdsOfOpenAi(JsonNode row) {
    assertThat(content(openai.with(Normalisation.OPENAI), row.get("text").asText()))
        .containsExactly(ids(row.get("openai")));
  }

  @Test
  void readsEveryLayoutOfFiles(@TempDir Path pairs, @TempDir Path texts, @TempDir Path two)
      throws IOException {
    Published published = Published.read(folder);
    published.tokenizerJson(pairs, true);
    published.tokenizerJson(texts, false);
    published.vocabAndMerges(two);

    for (Path layout : List.of(pairs, texts, two)) {
      ClipTokenizer tokenizer = tokenizer(layout);
      assertThat(tokenizer.contextLength()).isEqualTo(77);
      assertThat(tokenizer.padId()).isEqualTo(49407);
      for (JsonNode row : texts().toList()) {
        assertThat(content(tokenizer, row.get("text").asText()))
            .containsExactly(ids(row.get("hf")));
      }
    }
  }

  @Test
  void startsEndsPadsAndCuts() {
    assertThat(openai.encode("a cat")).containsExactly(49406, 320, 2368, 49407);
    assertThat(openai.padded("a cat")).hasSize(77).startsWith(49406, 320, 2368, 49407, 0, 0);
    assertThat(openai.padded("a cat", 6, 49407))
        .containsExactly(49406, 320, 2368, 49407, 49407, 49407);
    int[] cut = openai.padded("cat ".repeat(100));
    assertThat(cut).hasSize(77).startsWith(49406, 2368).endsWith(2368, 49407);
  }

  /** The text of a task as OneFormer takes it (docs/model-contracts.md section 4.1.1). */
  @Test
  void padsWithZerosWhenAsked() {
    assertThat(openai.padded("the task is semantic", 77, 0))
        .containsExactly(Arrays.copyOf(new int[] {49406, 518, 10549, 533, 29119, 1550, 49407}, 77));
  }

  @Test
  void takesPaddingAndLengthFromTheFilesBeside(@TempDir Path toy) throws IOException {
    Toy.write(toy);
    Files.writeString(toy.resolve("tokenizer_config.json"), "{\"model_max_length\": 9}");
    Files.writeString(
        toy.resolve("special_tokens_map.json"),
        "{\"pad_token\": {\"content\": \"l\"}, \"unk_token\": \"<unk>\"}");

    ClipTokenizer tokenizer = tokenizer(toy);

    assertThat(tokenizer.padded("lower")).containsExactly(21, 10, 2, 16, 22, 0, 0, 0, 0);
    assertThat(tokenizer.encode("?")).containsExactly(21, 20, 22);
  }

  /** The toy vocabulary of transformers' own test (docs/model-contracts.md section 2.5). */
  @Test
  void mergesTheLowestRankFirst(@TempDir Path toy) throws IOException {
    Toy.write(toy);
    assertThat(content(tokenizer(toy), "lower newer")).containsExactly(10, 2, 16, 9, 3, 2, 16);
  }

  @Test
  void spellsOutWhatFtfyWouldSpellOut() {
    ClipTokenizer tokenizer = openai.with(Normalisation.OPENAI);
    assertThat(tokenizer.encode("&#x41;&#66; \u201cﬁne\u201d \u2018x\u2019"))
        .isEqualTo(tokenizer.encode("ab \"fine\" 'x'"));
    assertThat(tokenizer.encode("&#99999999; &nothing;"))
        .isEqualTo(openai.encode("&#99999999; &nothing;"));
  }

  @Test
  void refusesOtherTokenizers(@TempDir Path other) throws IOException {
    refuses(other, "found no tokenizer.json, nor vocab.json with merges.txt");
    Files.writeString(other.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Unigram\"}}");
    refuses(other, "found a Unigram tokenizer");
    Files.writeString(
        other.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"BPE\", \"end_of_word_suffix\": \"</w>\"}}");
    refuses(other, "found no vocabulary");
    Files.writeString(other.resolve("tokenizer.json"), "{\n\"model\": ");
    refuses(other, "found no JSON at line 2");
    Files.writeString(
        other.resolve("tokenizer.json"),
        "{\"model\": {\"end_of_word_suffix\": \"</w>\", \"vocab\": {\"a\": 0}}}");
    refuses(other, "found no token \"<|startoftext|>\"");
  }

  private static void refuses(Path folder, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> tokenizer(folder))
        .withMessageContaining(message);
  }

  private static int[] content(ClipTokenizer tokenizer, String text) {
    int[] ids = tokenizer.encode(text);
    assertThat(ids).startsWith(tokenizer.encode("")[0]).endsWith(tokenizer.endId());
    return Arrays.copyOfRange(ids, 1, ids.length - 1);
  }

  private static int[] ids(JsonNode list) {
    return list.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  /** The published vocabulary in the layouts of published packs. */
  private record Published(Map<String, Integer> ids, List<String> merges) {
    static Published read(Path folder) throws IOException {
      BytePairs pairs = TokenizerReader.openai(folder.resolve(TokenizerReader.OPENAI));
      return new Published(pairs.ids(), List.copyOf(pairs.ranks().keySet()));
    }

    void tokenizerJson(Path folder, boolean asPairs) throws IOException {
      ObjectNode model =
          JSON.createObjectNode()
              .put("type", "BPE")
              .put("unk_token", "<|endoftext|>")
              .put("end_of_word_suffix", "</w>");
      model.set("vocab", JSON.valueToTree(ids));
      model.set(
          "merges",
          JSON.valueToTree(
              asPairs ? merges.stream().map(m -> List.of(m.split(" ", -1))).toList() : merges));
      ObjectNode root = JSON.createObjectNode();
      root.putArray("added_tokens").addObject().put("id", 49407).put("content", "<|endoftext|>");
      root.set("model", model);
      JSON.writeValue(folder.resolve("tokenizer.json").toFile(), root);
      Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 1e30}");
    }

    void vocabAndMerges(Path folder) throws IOException {
      JSON.writeValue(folder.resolve("vocab.json").toFile(), ids);
      Files.writeString(
          folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", merges) + "\n");
    }
  }

  /** The toy vocabulary. */
  private static final class Toy {
    static void write(Path folder) throws IOException {
      List<String> pieces =
          List.of(
              ("l o w e r s t i d n lo l</w> w</w> r</w> t</w> low</w> er</w> lowest</w> newer</w>"
                      + " wider <unk> <|startoftext|> <|endoftext|>")
                  .split(" ", -1));
      ObjectNode vocabulary = JSON.createObjectNode();
      IntStream.range(0, pieces.size()).forEach(i -> vocabulary.put(pieces.get(i), i));
      JSON.writeValue(folder.resolve("vocab.json").toFile(), vocabulary);
      Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\nl o\nlo w</w>\ne r</w>\n");
    }
  }
}
