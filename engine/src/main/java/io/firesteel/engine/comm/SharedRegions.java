package io.firesteel.engine.comm;

import io.firesteel.engine.kernel.DirectView;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The memory that a communicator and the groups split off it have allocated. May be forgotten by any thread. */
final class SharedRegions {
    private final List<SharedRegion> regions = new CopyOnWriteArrayList<>();

    void add(SharedRegion region) {
        regions.add(region);
    }

    /** Where a vector is that is to be replaced by the sum of all these ranks' vectors, if they can read each other's. */
    Optional<SharedVector> find(SumArguments<?> arguments, ReduceOperator operator, Roster roster) {
        boolean isSingleSum = operator.pairwise() == ReduceOperator.SUM
                && arguments.contributions().size() == 1;
        if (!isSingleSum || regions.isEmpty()) {
            return Optional.empty();
        }
        Optional<SharedVector> own =
                find((FloatBuffer) arguments.contributions().get(0), roster);
        Optional<SharedVector> result = find((FloatBuffer) arguments.result(), roster);
        return result.filter(vector -> own.isPresent() && vector.isAt(own.get()));
    }

    /** Where a vector is whose own slice is to be replaced by that of the sum of all these ranks' vectors. */
    Optional<SharedVector> find(SumArguments<FloatBuffer> arguments, Partition slices, Roster roster) {
        if (arguments.contributions().size() != 1 || regions.isEmpty()) {
            return Optional.empty();
        }
        FloatBuffer vector = arguments.contributions().get(0);
        int own = roster.position();
        FloatBuffer slice = vector.slice(slices.from(own), slices.length(own));
        boolean inPlace =
                DirectView.canShow(vector) && DirectView.address(slice) == DirectView.address(arguments.result());
        return inPlace ? find(vector, roster) : Optional.empty();
    }

    /** Where a vector is, if these ranks can read each other's there. */
    Optional<SharedVector> find(FloatBuffer vector, Roster roster) {
        for (SharedRegion region : regions) {
            int offset = DirectView.canShow(vector) && region.spans(roster) ? region.find(vector) : -1;
            if (offset >= 0) {
                return Optional.of(new SharedVector(region, offset, vector));
            }
        }
        return Optional.empty();
    }

    /** The region of a number. */
    Optional<SharedRegion> find(long number) {
        return regions.stream().filter(region -> region.number() == number).findFirst();
    }

    void forget() {
        regions.clear();
    }
}
