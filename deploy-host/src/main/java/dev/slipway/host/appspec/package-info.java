/**
 * Reads an AppSpec: YAML as CodeDeploy's own agent understands it, with the place of every mistake.
 *
 * <p>{@link dev.slipway.host.appspec.AppSpecParser} is the door. Nothing here does I/O.
 */
@NullMarked
package dev.slipway.host.appspec;

import org.jspecify.annotations.NullMarked;
