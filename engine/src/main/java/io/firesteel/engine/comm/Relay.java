package io.firesteel.engine.comm;

import java.util.List;

/** Somebody whom all ranks can reach where they can't reach each other: gives every rank the values of all. */
public interface Relay {
    /**
     * Returns when every rank of the world has called this with the same number.
     *
     * @param sequence number of the call, 0, 1, 2, … on every rank
     * @param value this rank's bytes, about 1 MiB at most, which stay as they are
     * @return the values of all ranks, by rank, this one's included; not changed by anyone afterwards
     * @throws RuntimeException if that doesn't come about within the relay's own deadline; ends the communicator
     */
    List<byte[]> exchange(long sequence, byte[] value);
}
