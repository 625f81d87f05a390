package io.firesteel.engine.comm;

import java.nio.FloatBuffer;

/**
 * A vector in memory that the ranks share.
 *
 * @param region where it is
 * @param offset where in this rank's part of it it begins, in bytes
 * @param values its elements, from 0 to the limit
 */
record SharedVector(SharedRegion region, int offset, FloatBuffer values) {
    boolean isAt(SharedVector other) {
        return region == other.region && offset == other.offset;
    }
}
