package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;

/** This rank's vectors in the order of the wire: chunk after chunk of a slice, and of a chunk one vector after the other. */
record Contributions<B extends Buffer>(Elements<B> elements, List<B> vectors, int chunkElements) {
    /**
     * Puts what fits of a slice.
     *
     * @param from first element of the slice
     * @param length elements of the slice
     * @param offset bytes of the slice's contributions that have been put before
     * @return bytes put
     */
    long put(int from, int length, long offset, ByteBuffer target) {
        long next = offset / elements.bytes();
        long end = (long) vectors.size() * length;
        while (next < end && target.remaining() >= elements.bytes()) {
            next += putPiece(from, length, next, target);
        }
        return next * elements.bytes() - offset;
    }

    /** At most to the end of a vector's chunk. */
    private int putPiece(int from, int length, long next, ByteBuffer target) {
        long chunkOfAll = (long) vectors.size() * chunkElements;
        int start = (int) (next / chunkOfAll) * chunkElements;
        long within = next % chunkOfAll;
        int chunkLength = Math.min(chunkElements, length - start);
        int at = (int) (within % chunkLength);
        B vector = vectors.get((int) (within / chunkLength));
        return elements.put(vector, from + start + at, chunkLength - at, target);
    }
}
