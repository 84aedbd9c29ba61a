package dev.anvil.study.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.edit.Editors;
import dev.anvil.packs.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudySchemaTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void theFileThatIsShippedIsTheOneThatIsChecked() throws IOException {
    assertThat(HOME.resolve("docs").resolve(StudySchema.FILE)).hasContent(StudySchema.json());
  }

  static Stream<Path> bundled() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("showroom"))) {
      List<Path> studies = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        if (Files.readString(file).contains("anvil: study/1")) {
          studies.add(file);
        }
      }
      return studies.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void everyBundledStudyIsValidAndNamesTheSchema(Path study) throws IOException {
    assertThat(StudyFile.read(study).factors()).isNotEmpty();
    assertThat(Files.readAllLines(study).get(0))
        .isEqualTo("# yaml-language-server: $schema=../docs/" + StudySchema.FILE);
  }

  @Test
  void everyStudyInThePagesIsValid() throws IOException {
    int studies = 0;
    try (Stream<Path> pages = Files.list(HOME.resolve("docs"))) {
      for (Path page : pages.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        Matcher example = EXAMPLE.matcher(Files.readString(page));
        while (example.find()) {
          if (example.group(1).contains("anvil: study/1")) {
            assertThat(StudyFile.parse(example.group(1), page.toString()).factors()).isNotEmpty();
            studies++;
          }
        }
      }
    }
    assertThat(studies).isPositive();
  }

  /** An editor says which parameters it knows when it gets one that it does not. */
  @ParameterizedTest
  @MethodSource("editors")
  void theParametersOfEveryEditorAreThere(String editor) throws IOException {
    Map<String, Object> given = new TreeMap<>(Map.of("nobody knows", 1));
    for (JsonNode rule :
        new ObjectMapper().readTree(StudySchema.json()).at("/$defs/factor/allOf")) {
      if (rule.at("/if/properties/editor/const").asText().equals(editor)) {
        rule.at("/then/properties/levels/additionalProperties/properties")
            .fieldNames()
            .forEachRemaining(name -> given.put(name, 1));
      }
    }
    Set<String> known = new TreeSet<>(List.of("nobody knows"));
    try (Editors editors = new Editors(new ModelStore(List.of()), 1)) {
      InvalidInputException refused =
          catchThrowableOfType(
              InvalidInputException.class, () -> editors.create(editor, given, Path.of("")));
      Matcher list =
          Pattern.compile("is unknown; expected (?:some of \\[(.*?)]|no parameters)")
              .matcher(refused.getMessage());
      assertThat(list.find()).as(refused.getMessage()).isTrue();
      if (list.group(1) != null) {
        known.addAll(List.of(list.group(1).split(", ")));
      }
    }
    assertThat(given.keySet()).isEqualTo(known);
  }

  static List<String> editors() {
    return Editors.NAMES;
  }
}
