package dev.slipway.appspec;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code permissions}. It touches only what the same install creates: never the object
 * directory itself, never a file that was on the host before.
 *
 * @param object a path on the host: a file that this revision installs, or a directory whose
 *     contents are meant
 * @param pattern {@code **} for everything below, else a glob for direct children in which only
 *     {@code *} is special
 * @param except globs for direct children that are left out
 * @param types what it applies to; may be empty, and then applies to nothing
 * @param owner account name, or null to leave the owner
 * @param group group name, or null to leave the group
 * @param mode three or four octal digits, or null to leave the mode
 * @param acls access control entries in the order of the file; empty leaves the ACL
 * @param context the SELinux context, or null to leave it
 */
public record Permission(
    String object,
    String pattern,
    List<String> except,
    Set<ObjectType> types,
    @Nullable String owner,
    @Nullable String group,
    @Nullable String mode,
    List<AclEntry> acls,
    @Nullable SelinuxContext context) {

  /** The pattern that means everything below the object. */
  public static final String EVERYTHING = "**";

  /** Copies the collections in. */
  public Permission {
    except = List.copyOf(except);
    types = Set.copyOf(types);
    acls = List.copyOf(acls);
  }
}
