package dev.slipway.host.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a script is started.
 *
 * @param command the program and its arguments
 * @param environment all of its environment
 * @param directory where it starts
 */
record ScriptStart(List<String> command, Map<String, String> environment, Path directory) {}
