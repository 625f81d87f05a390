package io.firesteel.engine.metric.detection;

import io.firesteel.engine.metric.detection.Evaluation.Size;
import java.util.List;

/**
 * Which detections of a category in an image are right, by COCO's rules: in the order of their scores, each takes the true
 * box with which it has the most in common, if that is enough and no other has it yet. Crowds, which any number may take,
 * and boxes of other sizes are taken only if there is nothing else; what takes them counts neither as right nor as wrong,
 * as do detections of other sizes that take nothing.
 */
final class ImageMatches {
    private static final double ALMOST_ONE = 1 - 1e-10;

    private final Size size;
    private final List<Box> detections;
    private final Box[] truths;
    private final int counted;
    private final double[][] overlaps;
    /** By detection, a bit for each of the thresholds. */
    private final int[] right;

    private final int[] ignored;

    ImageMatches(ImageBoxes boxes, Size size) {
        this.size = size;
        detections = boxes.detections();
        List<Box> all = boxes.truths();
        List<Box> wanted = all.stream().filter(this::counts).toList();
        List<Box> others = all.stream().filter(box -> !counts(box)).toList();
        counted = wanted.size();
        truths = new Box[all.size()];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = i < counted ? wanted.get(i) : others.get(i - counted);
        }
        overlaps = new double[detections.size()][truths.length];
        right = new int[detections.size()];
        ignored = new int[detections.size()];
        measure();
        for (int threshold = 0; threshold < Evaluation.OVERLAPS.length; threshold++) {
            match(threshold);
        }
    }

    private boolean counts(Box truth) {
        return !truth.crowd() && size.has(truth);
    }

    private void measure() {
        for (int i = 0; i < overlaps.length; i++) {
            for (int j = 0; j < truths.length; j++) {
                overlaps[i][j] = detections.get(i).overlap(truths[j]);
            }
        }
    }

    private void match(int threshold) {
        boolean[] taken = new boolean[truths.length];
        double least = Math.min(Evaluation.OVERLAPS[threshold], ALMOST_ONE);
        for (int i = 0; i < right.length; i++) {
            int truth = best(overlaps[i], 0, counted, taken, least);
            truth = truth < 0 ? best(overlaps[i], counted, truths.length, taken, least) : truth;
            if (truth < 0) {
                ignored[i] |= size.has(detections.get(i)) ? 0 : 1 << threshold;
                continue;
            }
            taken[truth] = true;
            int[] kind = truth < counted ? right : ignored;
            kind[i] |= 1 << threshold;
        }
    }

    /** Of equal ones the last. */
    private int best(double[] overlap, int from, int to, boolean[] taken, double least) {
        int best = -1;
        double most = least;
        for (int j = from; j < to; j++) {
            if ((!taken[j] || truths[j].crowd()) && overlap[j] >= most) {
                most = overlap[j];
                best = j;
            }
        }
        return best;
    }

    /** How many true boxes should be found. */
    int counted() {
        return counted;
    }

    int detections() {
        return right.length;
    }

    double score(int detection) {
        return detections.get(detection).score();
    }

    /** At which thresholds a detection is right: a bit for each. */
    int right(int detection) {
        return right[detection];
    }

    /** At which thresholds a detection doesn't count. */
    int ignored(int detection) {
        return ignored[detection];
    }
}
