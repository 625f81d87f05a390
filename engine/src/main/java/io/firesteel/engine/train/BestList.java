package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.ScoredCheckpoint;
import java.util.ArrayList;
import java.util.List;

/** The checkpoints that are kept for their scores, best first; equal ones in the order in which they came. */
final class BestList {
    private final BestCheckpoints policy;
    private List<ScoredCheckpoint> kept = new ArrayList<>();

    BestList(BestCheckpoints policy) {
        this.policy = policy;
    }

    /** Whether a checkpoint of this score would be kept. */
    boolean admits(double score) {
        if (!policy.areKept() || Double.isNaN(score)) {
            return false;
        }
        return kept.size() < policy.keep()
                || policy.isBetter(score, kept.get(kept.size() - 1).score());
    }

    List<ScoredCheckpoint> kept() {
        return List.copyOf(kept);
    }

    /** These checkpoints and one more, in order; nothing is pushed out yet. */
    List<ScoredCheckpoint> with(ScoredCheckpoint one) {
        List<ScoredCheckpoint> all = new ArrayList<>(kept);
        int place = 0;
        while (place < all.size()
                && !policy.isBetter(one.score(), all.get(place).score())) {
            place++;
        }
        all.add(place, one);
        return all;
    }

    /** Keeps the best of these, and answers the others. */
    List<ScoredCheckpoint> keepBestOf(List<ScoredCheckpoint> ordered) {
        int count = Math.min(policy.keep(), ordered.size());
        kept = new ArrayList<>(ordered.subList(0, count));
        return List.copyOf(ordered.subList(count, ordered.size()));
    }
}
