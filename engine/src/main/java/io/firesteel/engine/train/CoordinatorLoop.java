package io.firesteel.engine.train;

import io.firesteel.engine.event.BatchIterator;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Position;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.event.TerminationVote;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/**
 * Makes an engine follow a run, on the thread that calls {@link #run}. Its source delivers as many batches as replicas have
 * trained with, and its vote is where it waits: at the end of an epoch, when all handlers have returned and before anything of
 * the next fires, so that an end is known for what it is.
 */
final class CoordinatorLoop implements TerminationVote {
    /** By what a reason is known on the replicas. */
    static final String PREFIX = "coordinator: ";

    private final Engine<Void, EpochRecord> engine = new Engine<>("coordinator", (e, nothing) -> merged());
    private final BlockingQueue<CoordinatorNews> news;
    private final BiConsumer<EpochRecord, Optional<String>> handled;
    private LongUnaryOperator steps;
    private long epochStart;

    /** How far the engine may go; null until the first news. */
    private CoordinatorNews.Place place;

    private EpochRecord merged;

    /**
     * @param news what happens in the run
     * @param handled told of an epoch when its handlers have returned: its record with what they have put there, and why the run
     *     is to end if it is
     */
    CoordinatorLoop(BlockingQueue<CoordinatorNews> news, BiConsumer<EpochRecord, Optional<String>> handled) {
        this.news = news;
        this.handled = handled;
        engine.terminationVote(this);
        engine.on(
                Events.EPOCH_STARTED,
                Integer.MAX_VALUE,
                "merged run",
                e -> epochStart = e.state().iteration());
        engine.on(Events.GET_BATCH_STARTED, Integer.MAX_VALUE, "merged run", e -> leaveEpochIfItWasLeft());
        engine.on(Events.EPOCH_COMPLETED, ReplicaTraining.METRICS_PRIORITY, "merged metrics", e -> publish());
    }

    Engine<Void, EpochRecord> engine() {
        return engine;
    }

    /**
     * Follows the run to its end.
     *
     * @param iterationsOf the epoch of a number
     */
    void run(LongUnaryOperator iterationsOf, int epochs) {
        steps = iterationsOf;
        engine.run(new Steps(iterationsOf), RunLimit.epochs(epochs));
        if (engine.isSuspended()) {
            throw new IllegalStateException(
                    "Cannot follow the run: a handler interrupted the engine of the driver at epoch "
                            + engine.state().epoch() + " (expected terminate)");
        }
    }

    private EpochRecord merged() {
        return merged;
    }

    private void await() throws InterruptedException {
        CoordinatorNews next = news.take();
        if (next instanceof CoordinatorNews.Failure failure) {
            throw new RunFailedException(failure.cause());
        }
        place = (CoordinatorNews.Place) next;
        if (next instanceof CoordinatorNews.Epoch epoch) {
            merged = epoch.merged();
        }
    }

    /** Replicas may have left the epoch early, without EPOCH_COMPLETED where the news are of a later one. */
    private void leaveEpochIfItWasLeft() throws InterruptedException {
        if (place == null) {
            await();
        }
        long later = place.epoch() - engine.state().epoch();
        boolean left = engine.state().iteration() >= lastIteration(later);
        if (left && later > 0) {
            engine.terminateEpochWithoutCompleted();
        } else if (left && place instanceof CoordinatorNews.Epoch) {
            engine.terminateEpoch();
        }
    }

    /**
     * Of this epoch. One that wasn't completed had fewer iterations than it could have, and how many is known for all epochs up to
     * the place together: those in between are taken to be whole.
     */
    private long lastIteration(long later) {
        if (later == 0) {
            return place.iteration();
        }
        long between = place instanceof CoordinatorNews.End ? later - 1 : later;
        long epoch = engine.state().epoch();
        long inBetween =
                LongStream.rangeClosed(epoch + 1, epoch + between).map(steps).sum();
        return Math.min(place.iteration() - inBetween, epochStart + steps.applyAsLong(epoch) - 1);
    }

    private void publish() {
        Map<String, Double> metrics = engine.state().metrics();
        metrics.putAll(merged.metrics());
    }

    /** Where handlers ask for an end inside an epoch, they get it at the epoch's. */
    @Override
    public boolean agree(boolean locallyRequested) {
        if (engine.lastEvent().orElseThrow() == Events.EPOCH_COMPLETED) {
            endEpoch();
        }
        return isOver() && (locallyRequested || !end().stopReason().isEmpty());
    }

    private void endEpoch() {
        handled.accept(merged.with(engine.state().metrics()), engine.requestedTermination());
        try {
            await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot follow the run: the driver has given it up", e);
        }
    }

    private boolean isOver() {
        return place instanceof CoordinatorNews.End
                && place.iteration() <= engine.state().iteration();
    }

    private CoordinatorNews.End end() {
        return (CoordinatorNews.End) place;
    }

    /** The replicas', who may have had another one before. */
    @Override
    public String reason(Optional<String> local) {
        String reason = end().stopReason();
        return reason.startsWith(PREFIX) ? reason.substring(PREFIX.length()) : reason;
    }

    /** As many batches of nothing as replicas make iterations in an epoch. */
    private record Steps(LongUnaryOperator count) implements BatchSource<Void> {
        @Override
        public OptionalLong length() {
            return length(1);
        }

        @Override
        public OptionalLong length(long epoch) {
            return OptionalLong.of(count.applyAsLong(epoch));
        }

        @Override
        public BatchIterator<Void> open(Position position) {
            return new BatchIterator<>() {
                private final long end = count.applyAsLong(position.epoch());
                private long next = position.iteration();

                @Override
                public boolean hasNext() {
                    return next < end;
                }

                @Override
                public Void next() {
                    next++;
                    return null;
                }

                @Override
                public void close() {
                    // Holds nothing.
                }
            };
        }
    }
}
