package dev.anvil.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the module for clusters may know; that nobody knows it is tested in the command line. */
@AnalyzeClasses(packages = "dev.anvil.spark", importOptions = ImportOption.DoNotIncludeTests.class)
class SparkModuleTest {
  @ArchTest
  static final ArchRule itKnowsTheEngineTheLabAndNoOtherProgram =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("dev.anvil.cli..", "dev.anvil.web..", "dev.anvil.showroom..");

  /** No statistics are written again: they are core's. */
  @ArchTest
  static final ArchRule itEstimatesNothing =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              "org.ejml..",
              "org.apache.commons.statistics..",
              "org.apache.spark.ml..",
              "ml.dmlc..");
}
