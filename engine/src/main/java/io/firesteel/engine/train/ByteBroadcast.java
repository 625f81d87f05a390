package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import java.util.Arrays;
import java.util.function.Supplier;

/** Sends bytes of any length from the first rank to all, in messages of bounded size. */
final class ByteBroadcast {
    private static final int CHUNK_BYTES = 16 << 20;

    private ByteBroadcast() {}

    /**
     * The first rank's bytes, on every rank. Collective.
     *
     * @param bytes asked on the first rank alone
     */
    static byte[] fromFirstRank(Communicator communicator, Supplier<byte[]> bytes) {
        byte[] own = communicator.rank() == 0 ? bytes.get() : new byte[0];
        int length = Math.toIntExact(communicator.allReduceMax(own.length));
        byte[] all = communicator.rank() == 0 ? own : new byte[length];
        for (int from = 0; from < length; from += CHUNK_BYTES) {
            int to = Math.min(length, from + CHUNK_BYTES);
            byte[] chunk = communicator.rank() == 0 ? Arrays.copyOfRange(own, from, to) : null;
            System.arraycopy(communicator.broadcast(chunk, 0), 0, all, from, to - from);
        }
        return all;
    }
}
