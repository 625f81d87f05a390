package io.firesteel.engine.train;

/**
 * The iterations that have made one step.
 *
 * @param first its first iteration, counted from the beginning of the run; the same as the last one unless gradients are
 *     accumulated
 * @param last the iteration that has ended it
 */
record StepSpan(long first, long last) {
    /** Whether one of its iterations is a multiple of so many. */
    boolean holdsMultipleOf(long iterations) {
        return last / iterations > (first - 1) / iterations;
    }
}
