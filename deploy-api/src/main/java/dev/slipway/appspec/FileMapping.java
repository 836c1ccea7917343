package dev.slipway.appspec;

/**
 * One entry of {@code files}: a file or directory of the bundle, and the directory that receives
 * it.
 *
 * @param source path inside the bundle; {@code /}, {@code .} and the empty string mean the whole
 *     bundle; of a directory the contents are installed, not the directory itself
 * @param destination a directory on the host, always: a file keeps its name
 */
public record FileMapping(String source, String destination) {}
