/** Hosts of your own: inventory files in YAML. */
@NullMarked
package dev.slipway.provider.onprem;

import org.jspecify.annotations.NullMarked;
