package dev.slipway.spi.store;

/**
 * A piece of output as it is kept. Of what was printed, something is missing where places are
 * missing before this one, where the chunk begins behind the end of the one before it of its run,
 * and after a chunk that is {@code cut}.
 *
 * @param place from 1, rising with each piece that was kept of its rollout
 * @param chunk what was printed
 * @param cut whether nothing that the run printed after this is kept; the chunk is empty then
 */
public record KeptOutput(long place, OutputChunk chunk, boolean cut) {}
