/**
 * Strict reading of settings files in YAML: every value knows its file, line, column and key, and
 * whatever is wrong is one sentence in a {@link dev.slipway.failure.RequestException}.
 */
@NullMarked
package dev.slipway.provider.onprem.settings;

import org.jspecify.annotations.NullMarked;
