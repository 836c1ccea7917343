package dev.slipway.engine.domain;

/**
 * The names under which the rollouts of a group run. They stay when application or group are
 * renamed, since the books of the group, its rollouts and what hosts keep hang on them, and they
 * are never used for another group.
 *
 * @param application of the application
 * @param group of the group
 */
record RolloutName(String application, String group) {

  private static final int LONGEST_NAME = 100;
  private static final int SUFFIX = 8;

  /**
   * What a name is in use for.
   *
   * @param holder the key of the document that has it, or empty when that is deleted
   */
  record Use(String holder) {

    /** It was in use, and will not be again. */
    static final Use DELETED = new Use("");
  }

  static String key(String application, String group) {
    return application + "/" + group;
  }

  String key() {
    return key(application, group);
  }

  /**
   * Returns the wanted name, or else one with a part of an id behind it, when the wanted one is or
   * was in use.
   *
   * @param prefix what stands before a name in its key
   * @param wanted the name that is wanted
   * @param id a UUID that nothing else has
   */
  static String free(Records records, String prefix, String wanted, String id) {
    if (records.find(Kind.ROLLOUT_NAME, prefix + wanted).isEmpty()) {
      return wanted;
    }
    String begin = wanted.substring(0, Math.min(wanted.length(), LONGEST_NAME - SUFFIX - 1));
    return begin + "@" + id.substring(0, SUFFIX);
  }
}
