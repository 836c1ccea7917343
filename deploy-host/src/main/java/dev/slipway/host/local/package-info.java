/**
 * A whole deployment on this machine without a server: what {@code slipway local} does, with the
 * arguments, texts and exit codes of {@code codedeploy-local}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-local.html">Validate
 *     a deployment package on a local machine</a>
 */
@NullMarked
package dev.slipway.host.local;

import org.jspecify.annotations.NullMarked;
