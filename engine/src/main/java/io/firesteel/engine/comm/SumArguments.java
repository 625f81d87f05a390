package io.firesteel.engine.comm;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Checked arguments of an all-reduce, as views that start at 0 and end at the limit.
 *
 * @param contributions this rank's vectors
 * @param result where the sum goes
 */
record SumArguments(List<FloatBuffer> contributions, FloatBuffer result) {
    /** Keeps the byte counts of all contributions to a slice within a long. */
    static final int MAX_CONTRIBUTIONS = 1 << 20;

    static SumArguments of(List<FloatBuffer> contributions, FloatBuffer result) {
        checkBuffer("result", result);
        if (result.isReadOnly()) {
            throw new IllegalArgumentException("Cannot sum into result: it is read-only (expected a writable buffer)");
        }
        if (contributions.size() > MAX_CONTRIBUTIONS) {
            throw new IllegalArgumentException("Cannot sum contributions: too many on one rank (" + contributions.size()
                    + ", expected <= " + MAX_CONTRIBUTIONS + ")");
        }
        List<FloatBuffer> views = new ArrayList<>(contributions.size());
        for (FloatBuffer contribution : contributions) {
            String name = "contribution " + views.size();
            checkBuffer(name, contribution);
            if (contribution.remaining() != result.remaining()) {
                throw new IllegalArgumentException("Cannot sum " + name + ": its length differs from the result's ("
                        + contribution.remaining() + " elements, expected " + result.remaining() + ")");
            }
            views.add(contribution.slice());
        }
        return new SumArguments(views, result.slice());
    }

    /** What every rank throws when all of them together contributed nothing. */
    static IllegalArgumentException nothingContributed(int elements) {
        return new IllegalArgumentException("Cannot sum vectors of " + elements
                + " elements: no rank contributed one (0 contributions, expected >= 1 over all ranks)");
    }

    int elements() {
        return result.limit();
    }

    private static void checkBuffer(String name, FloatBuffer buffer) {
        if (!buffer.isDirect() || !buffer.order().equals(ByteOrder.nativeOrder())) {
            throw new IllegalArgumentException("Cannot sum " + name + ": it is a "
                    + (buffer.isDirect() ? "direct " : "heap ") + buffer.order()
                    + " buffer (expected a direct one in native order, " + ByteOrder.nativeOrder() + ")");
        }
    }
}
