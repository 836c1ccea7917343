package dev.slipway.host.bundle;

import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way out of a bundle, already checked.
 *
 * @param path as in {@link BundleEntry#path()}
 * @param mode permission bits
 * @param exactMode whether the mode is to be set as it is; if not, the process's umask applies, and
 *     a directory gets the mode of any new one
 * @param modified when it was last changed, or null if that is not kept
 * @param owner whose it is
 */
record Member(String path, int mode, boolean exactMode, @Nullable FileTime modified, Owner owner) {}
