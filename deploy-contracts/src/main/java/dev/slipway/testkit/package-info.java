/** What tests of runtimes, transports and callers of the SDK can build on. */
@NullMarked
package dev.slipway.testkit;

import org.jspecify.annotations.NullMarked;
