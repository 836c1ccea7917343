package dev.slipway.testkit.fleet;

/**
 * Ends whatever a controller is about to do, as kill -9 does. An error, so that nobody mends it.
 */
final class ControllerCrash extends Error {

  private static final long serialVersionUID = 1L;

  ControllerCrash() {
    super("the controller is dead", null, false, false);
  }
}
