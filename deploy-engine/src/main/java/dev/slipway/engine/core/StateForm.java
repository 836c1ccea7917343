package dev.slipway.engine.core;

import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The state of a rollout as bytes, so that a reader need not begin with its first event. Compact
 * and quick rather than lasting: whoever cannot read it reads the journal.
 *
 * <p>Texts, instants and ends of lifecycle events that occur more than once are written once; what
 * the definition of the rollout says is not written at all.
 */
public final class StateForm {

  /** To be raised whenever the form changes, or what an event does to a state. */
  private static final int VERSION = 7;

  private static final int VERSION_SIZE = 1;
  private static final int HEADER_SIZE = VERSION_SIZE + Integer.BYTES;

  private StateForm() {}

  /** Returns the state as bytes. */
  public static byte[] write(RolloutState state) {
    byte[] body = new StateWriter().write(state);
    byte[] form = new byte[HEADER_SIZE + body.length];
    form[0] = VERSION;
    System.arraycopy(body, 0, form, HEADER_SIZE, body.length);
    int sum = sum(form);
    for (int i = 0; i < Integer.BYTES; i++) {
      form[VERSION_SIZE + i] = (byte) (sum >>> (i * Byte.SIZE));
    }
    return form;
  }

  /**
   * Returns the state that was written.
   *
   * @param definition what the rollout is made of
   * @return empty if the bytes are damaged, of another release, or of another rollout
   */
  public static Optional<RolloutState> read(RolloutDefinition definition, byte[] form) {
    if (form.length < HEADER_SIZE || form[0] != VERSION) {
      return Optional.empty();
    }
    int sum = sum(form);
    for (int i = 0; i < Integer.BYTES; i++) {
      if (form[VERSION_SIZE + i] != (byte) (sum >>> (i * Byte.SIZE))) {
        return Optional.empty();
      }
    }
    return new StateReader(definition, new ByteReader(form, HEADER_SIZE)).read();
  }

  private static int sum(byte[] form) {
    CRC32 sum = new CRC32();
    sum.update(form, HEADER_SIZE, form.length - HEADER_SIZE);
    return (int) sum.getValue();
  }
}
