package dev.slipway.examples.screen;

/** Writes lines that are not wider than the terminal, coloured or not. */
record Pen(int width, boolean isColoured) {

  Line line() {
    return new Line();
  }

  /** One line: what does not fit is left out. */
  final class Line {

    private final StringBuilder text = new StringBuilder();
    private int room = width - 1;

    Line write(Ink ink, String part) {
      String flat = part.replaceAll("\\s+$", "").isEmpty() ? part : part.replaceAll("\\R", " ");
      String fitting = flat.substring(0, Math.min(flat.length(), room));
      room -= fitting.length();
      text.append(isColoured ? ink.on(fitting) : fitting);
      return this;
    }

    String end() {
      return text.toString().stripTrailing();
    }
  }
}
