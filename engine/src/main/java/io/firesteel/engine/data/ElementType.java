package io.firesteel.engine.data;

import ai.djl.ndarray.types.DataType;

/** The element types that a tensor of a training job may have; the native library ends the process at some others. */
public enum ElementType {
    /** 32-bit IEEE float. */
    FLOAT32("float32", DataType.FLOAT32, Float.BYTES),
    /** 64-bit signed integer: class labels, embedding indices. */
    INT64("int64", DataType.INT64, Long.BYTES);

    private final String label;
    private final DataType dataType;
    private final int bytes;

    ElementType(String label, DataType dataType, int bytes) {
        this.label = label;
        this.dataType = dataType;
        this.bytes = bytes;
    }

    /** The name in job files: {@code float32}, {@code int64}. */
    public String label() {
        return label;
    }

    /** DJL's name of this type. */
    public DataType dataType() {
        return dataType;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }
}
