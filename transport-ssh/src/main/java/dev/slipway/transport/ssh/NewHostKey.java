package dev.slipway.transport.ssh;

import java.nio.file.Path;

/**
 * The key of a host that no file knew, and that is trusted from now on because {@code
 * hostKeyChecking} says {@code accept-new}.
 *
 * @param host under which name the host is known, with {@code [name]:port} for another port than 22
 * @param type of the key, such as {@code ssh-ed25519}
 * @param fingerprint of the key, as {@code ssh-keygen -l} shows it: {@code SHA256:…}
 * @param file where it was written
 */
public record NewHostKey(String host, String type, String fingerprint, Path file) {}
