package io.firesteel.engine.data;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Position;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The batches of the shards that one replica hosts, step by step, epoch after epoch. For each epoch a background thread copies the
 * rows of the coming steps into a ring of sets of direct buffers, which all epochs share: three, or more where steps are small;
 * or the thread that takes the steps does so, into one set ({@link BatchAssembly}). Which rows a shard gives to a step, and in
 * which order, depends on the shard, the seed and the epoch, never on the replica that hosts it.
 *
 * <p>Closed by who created it, after which no thread is left; the stores are not closed by it, and must be open that long. Used
 * by one thread.
 */
public final class StepBatches implements BatchSource<StepBatch>, AutoCloseable {
    /** One trains, one is ready, one is filled. */
    private static final int LEAST_SETS = 3;

    /** Small steps are assembled several at a time, as long as their buffers stay small. */
    private static final int MOST_SETS = 12;

    private static final long RING_BYTES = 4 << 20;

    /** Reading a step takes milliseconds from memory and a second or so from a slow disk. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final LongFunction<BatchPlan> plans;
    private final RowOrder order;
    private final List<ShardStore> stores;
    private final List<Integer> shards;
    private final BatchAssembly assembly;
    private final Duration deadline;
    private final List<StepBatch> ring;
    private StepIterator open;
    private boolean closed;

    /**
     * @param plans of the epochs, by number
     * @param most the most rows that each slice of a step can have in any epoch
     */
    private StepBatches(
            LongFunction<BatchPlan> plans,
            List<Integer> most,
            RowOrder order,
            List<ShardStore> stores,
            List<Integer> shards,
            BatchAssembly assembly,
            Duration deadline) {
        this.plans = plans;
        this.order = order;
        this.stores = stores;
        this.shards = shards;
        this.assembly = assembly;
        this.deadline = deadline;
        // A replica without shards takes part in the steps with no batches, and an evaluation of nothing has no steps.
        List<Integer> capacities = stores.isEmpty() ? List.of() : most;
        RowLayout layout = stores.isEmpty() ? null : stores.get(0).layout();
        this.ring = Stream.generate(() -> new StepBatch(layout, capacities))
                .limit(assembly == BatchAssembly.AHEAD ? sets(layout, capacities) : 1)
                .toList();
    }

    /** How many sets of buffers steps of so many rows are given. */
    static int sets(RowLayout layout, List<Integer> capacities) {
        long rows = capacities.stream().mapToLong(Integer::longValue).sum();
        long fit = rows == 0 ? LEAST_SETS : RING_BYTES / (rows * layout.bytes());
        return (int) Math.max(LEAST_SETS, Math.min(fit, MOST_SETS));
    }

    /**
     * Training: a batch of each hosted shard in every step of the global schedule, in another pseudo-random order each epoch.
     *
     * @param stores the hosted shards
     * @param shards their numbers in the schedule, ascending, in the order of the stores
     * @param schedules of all shards
     * @param seed of the job
     * @param assembly by which thread
     * @throws IllegalArgumentException if stores, numbers and schedules don't fit together
     */
    public static StepBatches shuffled(
            List<ShardStore> stores,
            List<Integer> shards,
            BatchSchedules schedules,
            long seed,
            BatchAssembly assembly) {
        return training(stores, shards, schedules, RowOrder.shuffled(seed), assembly, DEADLINE);
    }

    /** Training {@linkplain BatchAssembly#AHEAD ahead}, with the same schedule in each epoch. */
    public static StepBatches shuffled(
            List<ShardStore> stores, List<Integer> shards, BatchSchedule schedule, long seed) {
        return shuffled(stores, shards, BatchSchedules.same(schedule), seed, BatchAssembly.AHEAD);
    }

    /** Training ahead as with {@link #shuffled}, but in the order of the stores in every epoch. */
    public static StepBatches inOrder(List<ShardStore> stores, List<Integer> shards, BatchSchedule schedule) {
        return training(
                stores, shards, BatchSchedules.same(schedule), RowOrder.stored(), BatchAssembly.AHEAD, DEADLINE);
    }

    /**
     * Evaluation: the hosted shards one after the other in the order of their rows, each step one batch of one shard. Every row
     * comes once, and the batches of a shard are the same on whichever replica, so that sums over them have the same bits. Steps
     * are this replica's own: replicas may have different numbers of them, or none.
     *
     * @param stores the hosted shards, which may all be empty
     * @param shards their numbers, ascending, in the order of the stores
     * @param batchSize rows per batch, &gt; 0; the last batch of a shard has the rest
     * @throws IllegalArgumentException if stores and numbers don't fit together or the batch size is out of range
     */
    public static StepBatches evaluation(List<ShardStore> stores, List<Integer> shards, int batchSize) {
        checkShards(stores, shards);
        BatchPlan plan = new EvaluationPlan(
                batchSize, stores.stream().map(ShardStore::rows).toList());
        return new StepBatches(
                epoch -> plan,
                plan.capacities(),
                RowOrder.stored(),
                List.copyOf(stores),
                List.copyOf(shards),
                BatchAssembly.AHEAD,
                DEADLINE);
    }

    static StepBatches training(
            List<ShardStore> stores,
            List<Integer> shards,
            BatchSchedules schedules,
            RowOrder order,
            BatchAssembly assembly,
            Duration deadline) {
        checkShards(stores, shards);
        for (int i = 0; i < stores.size(); i++) {
            checkRows(shards.get(i), stores.get(i).rows(), schedules.largest());
        }
        List<Integer> numbers = List.copyOf(shards);
        return new StepBatches(
                epoch -> new TrainingPlan(schedules.of(epoch), numbers),
                new TrainingPlan(schedules.largest(), numbers).capacities(),
                order,
                List.copyOf(stores),
                numbers,
                assembly,
                deadline);
    }

    /** Steps of the first epoch: of each, unless batches grow. */
    public long steps() {
        return steps(1);
    }

    private long steps(long epoch) {
        return plans.apply(epoch).steps();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(steps());
    }

    @Override
    public OptionalLong length(long epoch) {
        return OptionalLong.of(steps(epoch));
    }

    /** As {@link #open(int, long)}. */
    @Override
    public StepIterator open(Position position) {
        return open(Math.toIntExact(position.epoch()), position.iteration());
    }

    /**
     * Starts an epoch, or goes on with it: the steps from {@code firstStep} on are those that the whole epoch has. One epoch is
     * open at a time.
     *
     * @param epoch number of the epoch, which the order depends on
     * @param firstStep in [0, steps of the epoch]
     * @return the steps, which the caller closes
     * @throws IllegalStateException if another epoch is still open, or this is closed
     * @throws IllegalArgumentException if there is no such step
     */
    public StepIterator open(int epoch, long firstStep) {
        if (closed || (open != null && !open.isClosed())) {
            throw new IllegalStateException("Cannot open epoch " + epoch + ": "
                    + (closed ? "the batches are closed" : "another one is still open"));
        }
        BatchPlan plan = plans.apply(epoch);
        if (firstStep < 0 || firstStep > plan.steps()) {
            throw new IllegalArgumentException("Cannot open epoch " + epoch + " at step " + firstStep
                    + ": there is no such step (expected 0 to " + plan.steps() + ")");
        }
        StepAssembler assembler = new StepAssembler(plan, stores, shards, orders(epoch));
        open = new StepIterator(supply(assembler, epoch, firstStep), epoch, firstStep, plan.steps());
        return open;
    }

    private StepSupply supply(StepAssembler assembler, int epoch, long firstStep) {
        return assembly == BatchAssembly.AHEAD
                ? new StepsAhead(assembler, epoch, firstStep, steps(), ring, deadline).start()
                : new StepsOnDemand(assembler, epoch, ring.get(0));
    }

    /** Closes the epoch that is open, if any. Closing twice does nothing. */
    @Override
    public void close() {
        closed = true;
        if (open != null) {
            open.close();
        }
    }

    private List<LongUnaryOperator> orders(int epoch) {
        return IntStream.range(0, stores.size())
                .mapToObj(i -> order.of(epoch, shards.get(i), stores.get(i).rows()))
                .toList();
    }

    private static void checkShards(List<ShardStore> stores, List<Integer> shards) {
        if (stores.size() != shards.size()) {
            throw new IllegalArgumentException("Cannot plan batches: " + stores.size() + " shard stores have "
                    + shards.size() + " numbers (expected one for each)");
        }
        for (int i = 1; i < stores.size(); i++) {
            if (shards.get(i) <= shards.get(i - 1)) {
                throw new IllegalArgumentException(
                        "Cannot plan batches: shard numbers are " + shards + " (expected ascending)");
            }
            if (!stores.get(i).layout().equals(stores.get(0).layout())) {
                throw new IllegalArgumentException("Cannot plan batches: rows of shard " + shards.get(i) + " are "
                        + stores.get(i).layout() + " (expected those of shard " + shards.get(0) + ": "
                        + stores.get(0).layout() + ")");
            }
        }
    }

    private static void checkRows(int shard, long rows, BatchSchedule schedule) {
        if (shard < 0 || shard >= schedule.shards() || schedule.rows(shard) != rows) {
            String expected = shard < 0 || shard >= schedule.shards()
                    ? "shards 0 to " + (schedule.shards() - 1)
                    : schedule.rows(shard) + " rows";
            throw new IllegalArgumentException("Cannot plan batches: shard " + shard + " has " + rows
                    + " rows, which the schedule doesn't know (expected " + expected + ")");
        }
    }
}
