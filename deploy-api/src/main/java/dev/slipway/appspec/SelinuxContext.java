package dev.slipway.appspec;

import org.jspecify.annotations.Nullable;

/**
 * An SELinux context.
 *
 * @param user the SELinux user, or null
 * @param type the type
 * @param range sensitivity and categories in normal form, for example {@code s0-s1:c0.c5,c7}, or
 *     null
 */
public record SelinuxContext(@Nullable String user, String type, @Nullable String range) {}
