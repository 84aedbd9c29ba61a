package dev.anvil;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rooms of the corridor stay in order, and native libraries stay in their rooms. */
@AnalyzeClasses(packages = "dev.anvil", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final List<String> CORRIDOR =
      List.of(
          "campaign",
          "image",
          "segment",
          "encode",
          "predict",
          "monitor",
          "tags",
          "inside",
          "diffusion",
          "edit",
          "study",
          "ask",
          "report");
  private static final String[] SIDE_ROOMS =
      rooms(List.of("natives", "onnx", "packs", "stats", "store", "table", "text", "workspace"));

  @ArchTest
  static void roomsUseOnlyRoomsBeforeThem(JavaClasses classes) {
    IntStream.range(0, CORRIDOR.size() - 1)
        .forEach(
            i ->
                noClasses()
                    .that()
                    .resideInAPackage(room(CORRIDOR.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(rooms(CORRIDOR.subList(i + 1, CORRIDOR.size())))
                    .check(classes));
  }

  @ArchTest
  static final ArchRule sideRoomsServeAndDoNotUseTheCorridor =
      noClasses()
          .that()
          .resideInAnyPackage(SIDE_ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(rooms(CORRIDOR));

  /** What is kept may be kept elsewhere: rooms know the ports and not the database. */
  @ArchTest
  static final ArchRule theCorridorKnowsPortsAndNotTheWorkspace =
      noClasses()
          .that()
          .resideInAnyPackage(rooms(CORRIDOR))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(room("workspace"));

  @ArchTest
  static final ArchRule portsArePlainJava =
      classes()
          .that()
          .resideInAPackage(room("store"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.util..",
              "java.time..",
              "java.nio.charset..",
              "java.nio.file..",
              "dev.anvil",
              room("store"));

  @ArchTest
  static final ArchRule networksKnowNothingOfPacks =
      noClasses()
          .that()
          .resideInAPackage(room("onnx"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(room("packs"));

  @ArchTest
  static void packagesOfARoomFormNoCycles(JavaClasses classes) {
    Stream.of("campaign", "predict", "segment", "study", "report")
        .forEach(
            room ->
                slices()
                    .assignedFrom(packagesOf("dev.anvil." + room))
                    .should()
                    .beFreeOfCycles()
                    .check(classes));
  }

  @ArchTest
  static final ArchRule sharedWordsDependOnNoRoom =
      noClasses()
          .that()
          .resideInAPackage("dev.anvil")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.anvil.*..");

  @ArchTest
  static final ArchRule statisticsArePlainJava =
      classes()
          .that()
          .resideInAPackage(room("stats"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.util..",
              "org.apache.commons.statistics..",
              "org.ejml..",
              "dev.anvil",
              room("stats"));

  @ArchTest
  static final ArchRule tagsArePlainJava =
      classes()
          .that()
          .resideInAPackage(room("tags"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.util..",
              "org.ejml..",
              "dev.anvil",
              room("tags"),
              room("predict"),
              room("stats"));

  @ArchTest
  static final ArchRule onnxRuntimeIsReachedFromOneRoom =
      reachedOnlyFrom("ai.onnxruntime..", "onnx");

  @ArchTest
  static final ArchRule xgboostIsReachedFromOneRoom =
      reachedOnlyFrom("ml.dmlc..", "predict.regressor");

  @ArchTest
  static final ArchRule databasesAreReachedFromThreeRooms =
      reachedOnlyFrom("java.sql..", "workspace", "campaign", "table");

  @ArchTest
  static final ArchRule schemasAreReachedFromOneRoom =
      reachedOnlyFrom("com.networknt..", "study.spec");

  @ArchTest
  static final ArchRule openCvIsReachedFromPictureRooms =
      reachedOnlyFrom("org.bytedeco..", "image", "segment", "edit");

  /** Pictures leave this machine through one door, models come in through another. */
  @ArchTest
  static final ArchRule theNetworkIsReachedFromTwoRooms =
      reachedOnlyFrom("java.net.http..", "edit.remote", "packs");

  private static ArchRule reachedOnlyFrom(String library, String... rooms) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(List.of(rooms)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static SliceAssignment packagesOf(String room) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(room) || name.startsWith(room + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + room;
      }
    };
  }

  private static String room(String name) {
    return "dev.anvil." + name + "..";
  }

  private static String[] rooms(List<String> names) {
    return names.stream().map(RoomsTest::room).toArray(String[]::new);
  }
}
