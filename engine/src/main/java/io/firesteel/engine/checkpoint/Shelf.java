package io.firesteel.engine.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint says of the run beyond the state of its training.
 *
 * @param newest locations of those that stay beside this one for being new, oldest first
 * @param best the checkpoints that were kept for their scores when this one was written, best first; with the one that it
 *     pushes out, which may still be there if the run was broken off before it was deleted
 * @param stopReason why the run was about to end; empty if it wasn't
 */
public record Shelf(List<String> newest, List<ScoredCheckpoint> best, Optional<String> stopReason) {
    /** Of a run that keeps no checkpoints for their scores and goes on. */
    public static final Shelf EMPTY = new Shelf(List.of(), List.of(), Optional.empty());

    private static final String NEWEST = "newest.";
    private static final String BEST = "best.";
    private static final String LOCATION = ".location";
    private static final String ITERATION = ".iteration";
    private static final String SCORE = ".score";
    private static final String STOP = "stopReason";

    public Shelf {
        newest = List.copyOf(newest);
        best = List.copyOf(best);
    }

    Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < newest.size(); i++) {
            metadata.put(NEWEST + i, newest.get(i));
        }
        for (int i = 0; i < best.size(); i++) {
            metadata.put(BEST + i + LOCATION, best.get(i).location());
            metadata.put(BEST + i + ITERATION, Long.toString(best.get(i).iteration()));
            metadata.put(BEST + i + SCORE, Double.toString(best.get(i).score()));
        }
        stopReason.ifPresent(reason -> metadata.put(STOP, reason));
        return metadata;
    }

    static Shelf of(Map<String, String> metadata) {
        List<String> newest = new ArrayList<>();
        for (int i = 0; metadata.containsKey(NEWEST + i); i++) {
            newest.add(metadata.get(NEWEST + i));
        }
        List<ScoredCheckpoint> best = new ArrayList<>();
        for (int i = 0; metadata.containsKey(BEST + i + LOCATION); i++) {
            best.add(new ScoredCheckpoint(
                    metadata.get(BEST + i + LOCATION),
                    Numbers.whole(metadata, BEST + i + ITERATION),
                    Numbers.decimal(metadata, BEST + i + SCORE)));
        }
        return new Shelf(newest, best, Optional.ofNullable(metadata.get(STOP)));
    }
}
