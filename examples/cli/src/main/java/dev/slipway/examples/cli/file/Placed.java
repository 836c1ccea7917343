package dev.slipway.examples.cli.file;

import dev.slipway.failure.RequestException;
import dev.slipway.provider.onprem.settings.Setting;
import java.util.function.Supplier;

/** Gives what a value's own check says the place of the setting. */
final class Placed {

  private Placed() {}

  static <T> T at(Setting setting, Supplier<T> value) {
    try {
      return value.get();
    } catch (RequestException e) {
      throw setting.wrong(String.valueOf(e.getMessage()));
    }
  }
}
