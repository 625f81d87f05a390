package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Gives all replicas the weights of the first: equal seeds don't promise equal draws on every host. */
public final class WeightBroadcast {
    private static final int CHUNK_FLOATS = 1 << 20;

    private WeightBroadcast() {}

    /** Replaces each network's weights by those of rank 0. Collective. */
    public static void fromFirstRank(Network network, Communicator communicator) {
        FloatBuffer weights = network.weights();
        while (weights.hasRemaining()) {
            FloatBuffer chunk = weights.slice(weights.position(), Math.min(CHUNK_FLOATS, weights.remaining()));
            ByteBuffer own = ByteBuffer.allocate(chunk.capacity() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            own.asFloatBuffer().put(chunk.duplicate());
            byte[] first = communicator.broadcast(own.array(), 0);
            chunk.put(ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
            weights.position(weights.position() + chunk.capacity());
        }
        network.publishWeights();
    }
}
