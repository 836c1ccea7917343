package dev.slipway.host.bundle;

/**
 * A choice about bundles other than ours by default. The default is to refuse, or to leave off,
 * what an honest bundle does not need.
 */
public enum IntakeChoice {
  /**
   * Takes the leading slashes off an entry's path, and the {@code ..} parts off a zip entry's, as
   * {@code tar} and {@code unzip} do, instead of refusing the bundle. (A tar entry with {@code ..}
   * stays refused: {@code tar} refuses it too.)
   */
  STRIP_UNSAFE_PATHS,
  /** Leaves out devices, pipes and sockets instead of refusing the bundle. */
  SKIP_SPECIAL_FILES,
  /** Keeps the set-user-id and set-group-id bits of a tar's files instead of dropping them. */
  KEEP_SET_ID_BITS,
  /** Gives everything to the unpacking user, even if that is root and a tar names other owners. */
  IGNORE_OWNERS,
  /** Refuses a symbolic link whose target is absolute or leads out of the bundle by {@code ..}. */
  REFUSE_OUTWARD_LINKS
}
