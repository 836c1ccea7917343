package dev.slipway.testkit.fleet;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link FleetTest} once for each seed. */
final class FleetTestExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(FleetTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    FleetTest test = context.getRequiredTestMethod().getAnnotation(FleetTest.class);
    Long only = Long.getLong(FleetSim.SEED_PROPERTY);
    LongStream seeds = only == null ? seeds(test) : LongStream.of(only);
    return seeds.mapToObj(seed -> new Invocation(test, seed));
  }

  private static LongStream seeds(FleetTest test) {
    // Half of the bits, so that fresh seeds never meet fixed ones and are easy to type.
    long first = (new SecureRandom().nextLong() >>> 32) + Integer.MAX_VALUE;
    return LongStream.concat(
        LongStream.range(0, test.fixed()), LongStream.range(first, first + test.fresh()));
  }

  /** One run. */
  private record Invocation(FleetTest test, long seed) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocationIndex) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Simulation(test, seed), new Reproducer(seed));
    }
  }

  /** Hands the simulation to the test. */
  private record Simulation(FleetTest test, long seed) implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == FleetSim.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return FleetSim.of(test.hosts()).faults(test.faults()).seed(seed);
    }
  }

  /** Says how to repeat a run that has failed. */
  private record Reproducer(long seed) implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      System.err.printf(
          "again: mvn test -Dtest=%s#%s -D%s=%d%n",
          context.getRequiredTestClass().getSimpleName(),
          context.getRequiredTestMethod().getName(),
          FleetSim.SEED_PROPERTY,
          seed);
      throw failure;
    }
  }
}
