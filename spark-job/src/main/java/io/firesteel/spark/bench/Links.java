package io.firesteel.spark.bench;

import io.firesteel.engine.comm.CommunicatorOptions;
import io.firesteel.engine.comm.Sealing;
import java.io.Serializable;
import java.util.Locale;

/**
 * What carries the vectors of a benchmark.
 *
 * @param sockets also between ranks of one machine, which share memory otherwise
 * @param sealing of what goes over sockets; NONE leaves what Spark's settings ask for
 */
public record Links(boolean sockets, Sealing sealing) implements Serializable {
    public Links {
        if (!sockets && sealing != Sealing.NONE) {
            throw new IllegalArgumentException("Invalid sealing: " + sealing
                    + " without sockets (must be NONE, as shared memory isn't sealed; or add --sockets)");
        }
    }

    CommunicatorOptions.Builder adjust(CommunicatorOptions.Builder options) {
        if (sockets) {
            options.optSharedMemoryBytes(0);
        }
        return sealing == Sealing.NONE ? options : options.optSealing(sealing);
    }

    /** As tables and reports name them. */
    String label() {
        return sockets ? "sockets, sealing " + sealing.name().toLowerCase(Locale.ROOT) : "default";
    }
}
