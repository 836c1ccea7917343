/**
 * What one host does for one deployment, as data: paths, install plan, hook plan, diagnostics.
 * Pure: nothing here touches a file, a clock, a process or a thread, so the same code serves an
 * executor on the host and a control side that never sees the host's file system.
 */
@NullMarked
package dev.slipway.host.plan;

import org.jspecify.annotations.NullMarked;
