package dev.slipway.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The rules of ARCHITECTURE.md that the compiler cannot check. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule TIME_AND_CHANCE_COME_FROM_OUTSIDE =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("System")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class)
          .because("a rollout must be able to repeat itself");

  @ArchTest
  static final ArchRule WHAT_DECIDES_TOUCHES_NOTHING =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.slipway.config..",
              "dev.slipway.strategy..",
              "dev.slipway.engine.core..",
              "dev.slipway.engine.simulation..",
              "dev.slipway.host.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..", "org.slf4j..")
          .because("deciding and doing are different classes");

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_NO_TRANSPORT_AND_NO_PROVIDER =
      noClasses()
          .that()
          .resideInAnyPackage("dev.slipway.engine..", "dev.slipway.host..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "net.schmizz..",
              "com.hierynomus..",
              "dev.slipway.transport..",
              "dev.slipway.provider..",
              "dev.slipway.examples..");

  @ArchTest
  static final ArchRule A_HOST_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.host..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.slipway.engine..");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("dev.slipway.(**)").should().beFreeOfCycles();
}
