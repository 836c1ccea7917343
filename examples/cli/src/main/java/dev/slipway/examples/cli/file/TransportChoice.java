package dev.slipway.examples.cli.file;

import dev.slipway.provider.onprem.settings.Setting;
import java.util.List;

/** How the hosts of a rollout file are reached. */
public enum TransportChoice {
  /** By SSH. */
  SSH("ssh"),
  /** Not at all: each host is a directory on this machine. */
  IN_PROCESS("in-process");

  private final String word;

  TransportChoice(String word) {
    this.word = word;
  }

  static TransportChoice read(Setting transport) {
    return transport.oneOf(List.of(values()), choice -> choice.word);
  }
}
