package io.firesteel.engine.comm;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * An authenticated connection to a peer and what its two ends have agreed on.
 *
 * @param peer the rank at its other end
 * @param channel non-blocking, registered with a selector
 * @param memory what both have mapped, if they share a machine
 * @param keys of this connection
 */
record Link(int peer, SocketChannel channel, Optional<SharedMemory> memory, SessionKeys keys) {
    /** The wire over this connection. */
    Wire wire(SelectionKey key, CommunicatorOptions options) {
        if (memory.isPresent()) {
            return new SharedMemoryWire(memory.get(), channel, key);
        }
        return switch (options.sealing()) {
            case NONE -> new SocketWire(channel, key, options.chunkBytes());
            case CHECKSUM -> new SealedWire(channel, key, Sealing.CHECKSUM, new ChecksumSeal());
            case ENCRYPTION ->
                new SealedWire(channel, key, Sealing.ENCRYPTION, new EncryptionSeal(keys.own(), keys.peer()));
        };
    }
}
