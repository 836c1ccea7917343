import org.jspecify.annotations.NullMarked;

/** What a caller of the SDK, or an author of a transport or provider, may use. */
@NullMarked
module dev.slipway.api {
  exports dev.slipway.appspec;
  exports dev.slipway.failure;

  requires static transitive org.jspecify;
}
