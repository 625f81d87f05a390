package io.firesteel.engine.train;

/**
 * Gradients of matrices travel as two factors of low rank, with error feedback (Vogels et al. 2019, <i>PowerSGD: Practical
 * Low-Rank Gradient Compression for Distributed Optimization</i>). A parameter of two axes or more is the matrix (out, rest);
 * those with one axis, and those that factors wouldn't make at least twice as small, travel whole, as float32.
 *
 * @param rank columns of the factors, in [1, 256]: more are more exact and more bytes
 * @param startIteration the first iteration, from 1, whose gradients are compressed; the ones before it, when gradients change
 * *     fastest, travel whole, as does all of a step that begins before it; &gt;= 1
 */
public record PowerSgd(int rank, int startIteration) implements Synchronization {
    private static final int MAX_RANK = 256;

    public PowerSgd {
        if (rank < 1 || rank > MAX_RANK) {
            throw new IllegalArgumentException("Invalid rank: " + rank + " (must be in [1, " + MAX_RANK + "])");
        }
        if (startIteration < 1) {
            throw new IllegalArgumentException("Invalid startIteration: " + startIteration + " (must be >= 1)");
        }
    }
}
