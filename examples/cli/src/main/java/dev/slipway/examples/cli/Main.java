package dev.slipway.examples.cli;

/** Starts the {@code slipway} command. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(SlipwayCommand.run(Console.ofProcess(), args));
  }
}
