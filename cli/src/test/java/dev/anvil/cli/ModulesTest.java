package dev.anvil.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the modules may know of each other and of the world. */
@AnalyzeClasses(packages = "dev.anvil", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
  private static final String[] NOT_CORE = {
    "dev.anvil.engine..",
    "dev.anvil.lab..",
    "dev.anvil.cli..",
    "dev.anvil.showroom..",
    "dev.anvil.web.."
  };

  @ArchTest
  static final ArchRule theCoreKnowsNoOtherModule =
      noClasses()
          .that()
          .resideOutsideOfPackages(NOT_CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NOT_CORE);

  @ArchTest
  static final ArchRule theEngineKnowsNeitherCommandLineNorWebNorCluster =
      noClasses()
          .that()
          .resideInAPackage("dev.anvil.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "picocli..",
              "me.tongfei..",
              "java.net.http..",
              "com.sun.net.httpserver..",
              "org.apache.spark..",
              "io.javalin..",
              "jakarta.servlet..",
              "dev.anvil.web..",
              "dev.anvil.cli..",
              "dev.anvil.lab..",
              "dev.anvil.showroom..");

  /** In the order in which they may use each other. */
  private static final List<String> SERVICES =
      List.of("run", "campaign", "model", "picture", "study", "monitor", "view");

  @ArchTest
  static void servicesUseOnlyPackagesBeforeThem(JavaClasses classes) {
    String services = "dev.anvil.engine.service";
    for (int i = 0; i < SERVICES.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(services + "." + SERVICES.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Stream.concat(
                      Stream.of(services),
                      SERVICES.subList(i + 1, SERVICES.size()).stream()
                          .map(name -> services + "." + name + ".."))
                  .toArray(String[]::new))
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule theSingleMachineProgramHasNothingOfSpark =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "dev.anvil.spark..");

  @ArchTest
  static final ArchRule theLabServesNoCommandLine =
      noClasses()
          .that()
          .resideInAPackage("dev.anvil.lab..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "me.tongfei..", "dev.anvil.cli..");

  @ArchTest
  static final ArchRule theStudioKnowsTheEngineAndNoCommandLine =
      noClasses()
          .that()
          .resideInAPackage("dev.anvil.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "picocli..",
              "me.tongfei..",
              "dev.anvil.cli..",
              "dev.anvil.lab..",
              "dev.anvil.showroom..");

  @ArchTest
  static final ArchRule onlyTheStudioServesHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.anvil.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule requestsAndOutcomesKnowNoServices =
      noClasses()
          .that()
          .resideInAnyPackage("dev.anvil.engine.request..", "dev.anvil.engine.outcome..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.anvil.engine.service..", "dev.anvil.engine.network..");

  @ArchTest
  static void partsOfTheEngineDoNotDependOnEachOtherInACircle(JavaClasses classes) {
    slices()
        .matching("dev.anvil.engine.(service|network)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  @ArchTest
  static void noTwoPublicTypesShareAName(JavaClasses classes) {
    Map<String, List<String>> byName = new TreeMap<>();
    for (JavaClass type : classes) {
      if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        byName.computeIfAbsent(type.getSimpleName(), n -> new ArrayList<>()).add(type.getName());
      }
    }
    byName.remove("package-info");
    assertThat(byName.values()).allSatisfy(types -> assertThat(types).hasSize(1));
  }
}
