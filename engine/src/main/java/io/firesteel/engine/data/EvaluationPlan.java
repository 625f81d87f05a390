package io.firesteel.engine.data;

import java.util.Arrays;
import java.util.List;

/**
 * One shard after the other, each in batches of equal size but for its last, so that where a shard's batches begin and end
 * depends on the shard alone.
 */
final class EvaluationPlan implements BatchPlan {
    private final int batchSize;
    private final List<Long> rows;
    private final long[] firstSteps; // by store, and then the number of steps

    EvaluationPlan(int batchSize, List<Long> rows) {
        if (batchSize <= 0) {
            throw new IllegalArgumentException("Invalid batchSize: " + batchSize + " (must be > 0)");
        }
        this.batchSize = batchSize;
        this.rows = List.copyOf(rows);
        this.firstSteps = new long[rows.size() + 1];
        for (int store = 0; store < rows.size(); store++) {
            firstSteps[store + 1] = firstSteps[store] + (rows.get(store) + batchSize - 1) / batchSize;
        }
    }

    @Override
    public long steps() {
        return firstSteps[rows.size()];
    }

    @Override
    public List<Integer> capacities() {
        long largest = rows.stream().mapToLong(Long::longValue).max().orElse(0);
        return List.of((int) Math.min(batchSize, largest));
    }

    @Override
    public List<Slice> slices(long step) {
        int store = storeOf(step);
        long offset = (step - firstSteps[store]) * batchSize;
        return List.of(new Slice(store, offset, (int) Math.min(batchSize, rows.get(store) - offset)));
    }

    /** The last store whose first step is not after this one: empty stores share theirs with the next store. */
    private int storeOf(long step) {
        int found = Arrays.binarySearch(firstSteps, step);
        int store = found >= 0 ? found : -found - 2;
        while (firstSteps[store + 1] == firstSteps[store]) {
            store++;
        }
        return store;
    }
}
