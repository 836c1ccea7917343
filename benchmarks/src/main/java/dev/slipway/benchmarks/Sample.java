package dev.slipway.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Figures of one kind, one for each repetition.
 *
 * @param values in the order in which they were measured, at least one
 */
record Sample(List<Double> values) {

  Sample {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a sample needs at least one value");
    }
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Returns how this compares with the other, repetition by repetition. */
  Sample dividedBy(Sample other) {
    return new Sample(
        IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) / other.values.get(i))
            .toList());
  }

  /** Returns median, least and most. */
  String inWords(String unit) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "median %.3f%s (%.3f to %.3f, %d repetitions)",
        median(),
        unit,
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        sorted.size());
  }
}
