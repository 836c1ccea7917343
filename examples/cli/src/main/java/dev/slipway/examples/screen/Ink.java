package dev.slipway.examples.screen;

/** Colours of a terminal. */
enum Ink {
  PLAIN(""),
  DIM("\u001b[2m"),
  BOLD("\u001b[1m"),
  RED("\u001b[31m"),
  GREEN("\u001b[32m"),
  YELLOW("\u001b[33m"),
  CYAN("\u001b[36m");

  private static final String END = "\u001b[0m";

  private final String begin;

  Ink(String begin) {
    this.begin = begin;
  }

  /** Returns the text in this colour; the cursor needs no place for that. */
  String on(String text) {
    return this == PLAIN || text.isEmpty() ? text : begin + text + END;
  }
}
