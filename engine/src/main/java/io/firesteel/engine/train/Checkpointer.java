package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.ScoredCheckpoint;
import io.firesteel.engine.checkpoint.Shelf;
import io.firesteel.engine.checkpoint.TrainingCheckpoint;
import io.firesteel.engine.comm.Communicator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves checkpoints and restores them. A checkpoint counts once the coordinator has recorded it: written, then recorded, then
 * older ones are deleted. The first rank writes and reads.
 */
final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final CheckpointPolicy policy;
    private final CheckpointStore store;
    private final TrainingState state;
    private final Communicator communicator;
    private final Coordination coordination;
    private final StopVote stop;
    private final Deque<String> newest = new ArrayDeque<>();
    private final BestList best;

    Checkpointer(
            CheckpointPolicy policy,
            CheckpointStore store,
            TrainingState state,
            StopVote stop,
            Communicator communicator,
            Coordination coordination) {
        this.policy = policy;
        this.store = store;
        this.state = state;
        this.communicator = communicator;
        this.coordination = coordination;
        this.stop = stop;
        this.best = new BestList(policy.best());
    }

    /**
     * Saves the state between two iterations, unless the run is about to end: a run that goes on from there would go further
     * than one that was never broken. Collective.
     *
     * @param samples training rows used so far
     */
    void save(long samples) {
        if (stopReason().isPresent()) {
            return;
        }
        state.capture(samples, shelf(policy.keep() - 1, best.kept(), Optional.empty()))
                .ifPresent(checkpoint -> {
                    String location = write("checkpoint", checkpoint);
                    coordination.checkpointCommitted(CheckpointRecord.of(location, state.iteration()));
                    newest.addLast(location);
                    while (newest.size() > policy.keep()) {
                        delete(newest.removeFirst());
                    }
                });
    }

    /**
     * Saves the state between two epochs if its score is among the best. Collective.
     *
     * @param samples training rows used so far
     */
    void saveIfBest(long samples) {
        double score = state.metric(policy.best().metric());
        if (!best.admits(score)) {
            return;
        }
        state.settle();
        ScoredCheckpoint own = new ScoredCheckpoint("", state.iteration(), score);
        String location = state.capture(samples, shelf(policy.keep(), best.with(own), stopReason()))
                .map(checkpoint -> write("best", checkpoint))
                .orElse("");
        if (!location.isEmpty()) {
            coordination.checkpointCommitted(new CheckpointRecord(location, state.iteration(), score));
        }
        keepBestOf(best.with(own.at(location)));
    }

    private Shelf shelf(int stay, List<ScoredCheckpoint> scored, Optional<String> stopReason) {
        List<String> others = List.copyOf(newest);
        return new Shelf(others.subList(Math.max(0, others.size() - stay), others.size()), scored, stopReason);
    }

    private Optional<String> stopReason() {
        Optional<String> own = state.requestedTermination();
        return stop.agree(own.isPresent()) ? Optional.of(stop.reason(own)) : Optional.empty();
    }

    private String write(String kind, TrainingCheckpoint checkpoint) {
        String name = String.format(Locale.ROOT, "%s-%010d.safetensors", kind, state.iteration());
        return store.write(name, checkpoint.toBytes());
    }

    private void keepBestOf(List<ScoredCheckpoint> ordered) {
        List<ScoredCheckpoint> others = best.keepBestOf(ordered);
        if (communicator.rank() == 0) {
            others.forEach(other -> delete(other.location()));
        }
    }

    /**
     * Restores the state from a checkpoint. Collective.
     *
     * @param location what the coordinator has recorded
     * @return what it was; empty if the first rank can't read it, and the run must begin again
     */
    Optional<TrainingCheckpoint> restore(String location) {
        byte[] bytes = ByteBroadcast.fromFirstRank(communicator, () -> read(location));
        if (bytes.length == 0) {
            return Optional.empty();
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.fromBytes(bytes, location);
        state.restore(checkpoint, location);
        List<ScoredCheckpoint> scored = checkpoint.shelf().best().stream()
                .map(one -> one.location().isEmpty() ? one.at(location) : one)
                .toList();
        newest.addAll(checkpoint.shelf().newest());
        if (scored.stream().noneMatch(one -> one.location().equals(location))) {
            newest.addLast(location);
        }
        keepBestOf(scored);
        return Optional.of(checkpoint);
    }

    /**
     * Nothing where the file can't be read: on a local disk it is gone with its host, or empty after its host's sudden end,
     * and beginning again costs time only.
     */
    private byte[] read(String location) {
        try {
            byte[] bytes = store.read(location);
            if (bytes.length == 0) {
                throw new CheckpointException("Cannot load checkpoint: " + location + " is empty");
            }
            return bytes;
        } catch (CheckpointException e) {
            LOG.warn("The run begins again, as its last checkpoint can't be read: {}", e.getMessage(), e);
            return new byte[0];
        }
    }

    private void delete(String old) {
        try {
            store.delete(old);
        } catch (CheckpointException e) {
            LOG.warn("An old checkpoint stays: {}", e.getMessage(), e);
        }
    }
}
