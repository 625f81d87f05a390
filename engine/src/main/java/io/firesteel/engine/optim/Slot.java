package io.firesteel.engine.optim;

/**
 * One float per parameter, kept in chunks: a loop whose arrays all start at the same index is vectorised by the JIT
 * compiler, one that adds an offset to some of them is not (5 times slower here).
 */
final class Slot {
    private final int size;
    private final int chunkSize;
    private final float[][] chunks;

    /** Zeros. */
    Slot(int size, int chunkSize) {
        this.size = size;
        this.chunkSize = chunkSize;
        chunks = new float[(int) (((long) size + chunkSize - 1) / chunkSize)][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = new float[length(i)];
        }
    }

    private int length(int index) {
        return Math.min(chunkSize, size - index * chunkSize);
    }

    /** The elements from {@code index * chunkSize} on, to be read and written; fewer in the last chunk. */
    float[] chunk(int index) {
        return chunks[index];
    }

    float[] toArray() {
        float[] values = new float[size];
        for (int i = 0; i < chunks.length; i++) {
            System.arraycopy(chunks[i], 0, values, i * chunkSize, length(i));
        }
        return values;
    }

    /** Overwrites all elements with {@code values}, which are as many. */
    void set(float[] values) {
        for (int i = 0; i < chunks.length; i++) {
            System.arraycopy(values, i * chunkSize, chunks[i], 0, length(i));
        }
    }
}
