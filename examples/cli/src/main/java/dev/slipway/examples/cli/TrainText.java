package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.rollout.Plan;
import dev.slipway.train.Train;
import dev.slipway.train.TrainCar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A train as JSON and in words. */
final class TrainText {

  private TrainText() {}

  /** Returns the picture of what a train would do. */
  static List<String> plan(String name, List<List<Plan>> stages, boolean rollsBack) {
    List<String> lines = new ArrayList<>();
    lines.add("train " + name);
    for (int stage = 0; stage < stages.size(); stage++) {
      lines.add("  stage " + (stage + 1));
      for (Plan plan : stages.get(stage)) {
        PlanText.lines(plan).forEach(line -> lines.add("    " + line));
      }
    }
    lines.add(
        rollsBack
            ? "  when one does not succeed, all that were begun go back, the last stage first"
            : "  when one does not succeed, what has succeeded stays");
    return lines;
  }

  static ObjectNode document(String name, List<List<Plan>> stages, boolean rollsBack) {
    ObjectNode document = JsonText.object().put("train", name).put("rollback", rollsBack);
    ArrayNode all = document.putArray("stages");
    for (List<Plan> stage : stages) {
      ArrayNode plans = all.addArray();
      stage.forEach(
          plan ->
              plans.add(
                  PlanText.document(plan)
                      .put("application", plan.spec().application())
                      .put("deploymentGroup", plan.spec().deploymentGroup())));
    }
    return document;
  }

  static List<String> status(Train train) {
    List<String> lines = new ArrayList<>();
    String reason = train.reason();
    lines.add(
        "train %s: %s%s"
            .formatted(train.name(), train.status(), reason.isEmpty() ? "" : " (" + reason + ")"));
    train.cars().forEach(car -> lines.add("  " + line(car)));
    train.explain().forEach(why -> lines.add("  " + why));
    return lines;
  }

  /** Returns how one rollout of a train stands. */
  static String line(TrainCar car) {
    String line =
        "stage %d  %s  %s  %s"
            .formatted(
                car.stage(),
                car.target(),
                car.deployment(),
                car.status() == null ? "not started" : car.status().wireName());
    if (car.rollback() != null) {
      return line + "; goes back with " + car.rollback();
    }
    return car.noWayBack() == null ? line : line + "; does not go back: " + car.noWayBack();
  }

  static ObjectNode status(Train train, List<TrainCar> cars) {
    ObjectNode document =
        JsonText.object()
            .put("train", train.name())
            .put("status", train.status().name())
            .put("reason", train.reason());
    ArrayNode all = document.putArray("cars");
    for (TrainCar car : cars) {
      all.addObject()
          .put("stage", car.stage())
          .put("application", car.application())
          .put("deploymentGroup", car.deploymentGroup())
          .put("deployment", car.deployment().value())
          .put("status", car.status() == null ? null : car.status().wireName())
          .put("rollback", car.rollback() == null ? null : Objects.toString(car.rollback()))
          .put("noWayBack", car.noWayBack());
    }
    document.set("explain", JsonText.node(train.explain()));
    return document;
  }
}
