package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Checked arguments of a reduction, as views that start at 0 and end at the limit.
 *
 * @param contributions this rank's vectors
 * @param result where the sum goes; the same object as a contribution if the caller passed one object as both
 */
record SumArguments<B extends Buffer>(List<B> contributions, B result) {
    /** Keeps the byte counts of all contributions to a slice within a long. */
    static final int MAX_CONTRIBUTIONS = 1 << 20;

    SumArguments {
        contributions = List.copyOf(contributions);
    }

    /**
     * Checks them.
     *
     * @param elements length of each contribution; that of the result is the caller's to check
     * @param expected what has that length, for the message
     */
    static <B extends Buffer> SumArguments<B> of(
            Numbers<B> numbers, List<B> contributions, B result, int elements, String expected) {
        B target = numbers.checkedTarget("result", result);
        if (contributions.size() > MAX_CONTRIBUTIONS) {
            throw new IllegalArgumentException("Cannot sum contributions: too many on one rank (" + contributions.size()
                    + ", expected <= " + MAX_CONTRIBUTIONS + ")");
        }
        List<B> views = new ArrayList<>(contributions.size());
        for (B contribution : contributions) {
            String name = "contribution " + views.size();
            B view = numbers.checked(name, contribution);
            if (view.limit() != elements) {
                throw new IllegalArgumentException("Cannot sum " + name + ": its length differs from " + expected + " ("
                        + view.limit() + " elements, expected " + elements + ")");
            }
            views.add(isSame(contribution, result) ? target : view);
        }
        return new SumArguments<>(views, target);
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Buffer one, Buffer other) {
        return one == other;
    }

    /** What every rank throws when all of them together contributed nothing. */
    static IllegalArgumentException nothingContributed(int elements) {
        return new IllegalArgumentException("Cannot sum vectors of " + elements
                + " elements: no rank contributed one (0 contributions, expected >= 1 over all ranks)");
    }
}
