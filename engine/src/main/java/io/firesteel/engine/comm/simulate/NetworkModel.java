package io.firesteel.engine.comm.simulate;

/**
 * What a network can do. Between hosts, each host's card sends and receives at the same time, and shares either direction
 * equally between the connections that are busy in it; inside a host the same holds of each rank's memory.
 *
 * @param nicBytesPerSecond of a host's card in each direction; &gt; 0
 * @param hostBytesPerSecond of a rank inside its host in each direction; &gt; 0
 * @param latencySeconds from the last byte sent to the last received between hosts; &gt;= 0
 * @param messageSeconds work of a rank for each message that it sends or receives; &gt;= 0
 */
public record NetworkModel(
        double nicBytesPerSecond, double hostBytesPerSecond, double latencySeconds, double messageSeconds) {
    public NetworkModel {
        positive("nicBytesPerSecond", nicBytesPerSecond);
        positive("hostBytesPerSecond", hostBytesPerSecond);
        notNegative("latencySeconds", latencySeconds);
        notNegative("messageSeconds", messageSeconds);
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be finite and > 0)");
        }
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be finite and >= 0)");
        }
    }
}
