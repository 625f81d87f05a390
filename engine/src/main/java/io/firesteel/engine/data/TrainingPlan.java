package io.firesteel.engine.data;

import java.util.ArrayList;
import java.util.List;

/** A slice of every hosted shard in every step, as the global schedule says. */
record TrainingPlan(BatchSchedule schedule, List<Integer> shards) implements BatchPlan {
    @Override
    public long steps() {
        return schedule.steps();
    }

    @Override
    public List<Integer> capacities() {
        return shards.stream().map(schedule::capacity).toList();
    }

    @Override
    public List<Slice> slices(long step) {
        long[] begin = schedule.offsets(step);
        long[] end = schedule.offsets(step + 1);
        List<Slice> slices = new ArrayList<>(shards.size());
        for (int store = 0; store < shards.size(); store++) {
            int shard = shards.get(store);
            slices.add(new Slice(store, begin[shard], (int) (end[shard] - begin[shard])));
        }
        return slices;
    }
}
