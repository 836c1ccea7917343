package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.domain.Domain;
import dev.slipway.domain.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands on kept things have in common: each has subcommands and does nothing itself. */
abstract class KeptCommand implements Callable<Integer> {

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  KeptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  Console console() {
    return console;
  }

  /** Does something with what is kept, and returns the exit code. */
  int with(StateOptions options, Consumer<Domain> work) {
    try (OpenState kept = OpenState.keeping(options.directory(console))) {
      work.accept(kept.deployer().domain());
      return ExitCode.SUCCEEDED;
    }
  }

  /** Prints names, one a line, or as a JSON document with this member. */
  void print(StateOptions options, String member, List<String> names) {
    if (options.json()) {
      ObjectNode answer = JsonText.object();
      ArrayNode all = answer.putArray(member);
      names.forEach(all::add);
      console.out().println(JsonText.line(answer));
    } else {
      names.forEach(console.out()::println);
    }
  }

  /** Returns all items of a list that comes in pages. */
  static <T> List<T> all(Function<@Nullable String, Page<T>> pages) {
    List<T> all = new ArrayList<>();
    String token = null;
    do {
      Page<T> page = pages.apply(token);
      all.addAll(page.items());
      token = page.nextToken();
    } while (token != null);
    return all;
  }
}
