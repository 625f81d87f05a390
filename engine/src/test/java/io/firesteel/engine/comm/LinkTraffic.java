package io.firesteel.engine.comm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** What one direction between two ranks has carried so far, over all its connections; read by tests from any thread. */
final class LinkTraffic {
    private static final int RECORDED_BYTES = 64 << 10;
    private static final long NOT_YET = Long.MIN_VALUE;

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong struckAt = new AtomicLong(NOT_YET);
    private final ByteArrayOutputStream recording = new ByteArrayOutputStream();

    void carried(ByteBuffer arrived) {
        bytes.addAndGet(arrived.remaining());
        synchronized (recording) {
            while (recording.size() < RECORDED_BYTES && arrived.hasRemaining()) {
                recording.write(arrived.get());
            }
        }
    }

    void struck() {
        struckAt.compareAndSet(NOT_YET, System.nanoTime());
    }

    /** Bytes that the sender has sent and the network has taken. */
    long bytes() {
        return bytes.get();
    }

    /** The first 64 KiB, as they were sent. */
    byte[] recording() {
        synchronized (recording) {
            return recording.toByteArray();
        }
    }

    boolean hasStruck() {
        return struckAt.get() != NOT_YET;
    }

    /** When the first mishap happened, by System.nanoTime. */
    long struckAt() {
        return struckAt.get();
    }
}
