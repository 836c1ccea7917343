/** Time, threads, and who drives: the runtime of one process. */
@NullMarked
package dev.slipway.engine.runtime;

import org.jspecify.annotations.NullMarked;
