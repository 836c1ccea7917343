package dev.slipway.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** Deciding and doing are different packages. */
@NullMarked
@AnalyzeClasses(packages = "dev.slipway.host", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule PLANS_TOUCH_NO_FILE_CLOCK_PROCESS_OR_THREAD =
      noClasses()
          .that()
          .resideInAnyPackage("..host.plan..", "..host.appspec..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.File.*|java\\.lang\\.(Process|Thread|Runtime|System)(Builder)?"
                  + "|java\\.time\\.(Clock|InstantSource)|java\\.util\\.concurrent\\..*"
                  + "|java\\.util\\.Random.*");

  @ArchTest
  static final ArchRule PLANS_KNOW_NO_EXECUTOR =
      noClasses()
          .that()
          .resideInAnyPackage("..host.plan..", "..host.appspec..", "..host.bundle..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..host.exec..", "..host.local..");

  @ArchTest
  static final ArchRule ONLY_SYSTEM_CLASSES_READ_CLOCKS_AND_DICE =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("System")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
