package dev.slipway.host.bundle;

/**
 * Who owns an entry of a tar. A name that the host knows goes before the number, as with {@code
 * tar}.
 *
 * @param uid number of the user
 * @param gid number of the group
 * @param user name of the user; may be empty
 * @param group name of the group; may be empty
 */
record Owner(long uid, long gid, String user, String group) {

  /** Nobody is named: the unpacking user owns it. */
  static final Owner UNNAMED = new Owner(-1, -1, "", "");
}
