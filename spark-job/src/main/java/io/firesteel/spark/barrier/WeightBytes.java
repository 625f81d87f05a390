package io.firesteel.spark.barrier;

import java.io.Serializable;

/** A safetensors file on its way from a replica to the driver. */
public final class WeightBytes implements Serializable {
    /** What replicas other than the first send. */
    static final WeightBytes NONE = new WeightBytes(new byte[0]);

    private final byte[] bytes;

    WeightBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The file's bytes: not copied, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
