package io.firesteel.spark.coordinator;

import java.io.IOException;

/** Carries the bytes of messages to the driver: over Spark's RPC where the plugin has been installed. */
interface DriverLine {
    /** Sends a message and waits for the reply, null if it has none. */
    byte[] ask(byte[] message) throws Exception;

    /** Sends a message that has no reply and may get lost. */
    void send(byte[] message) throws IOException;
}
