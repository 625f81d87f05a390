package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link Moments} of a block with vector instructions. Made for one loop and gone after it. */
final class VectorMoments {
    private final float[] averages;
    private final float[] squares;
    private final float averageShare;
    private final float squareKeep;
    private final float squareShare;

    VectorMoments(Moments moments, Block block) {
        averages = block.slot(0);
        squares = block.slot(1);
        averageShare = moments.averageShare();
        squareKeep = moments.squareKeep();
        squareShare = moments.squareShare();
    }

    /** Takes gradients into the first moment, and answers it. */
    FloatVector average(int index, FloatVector gradients) {
        FloatVector updated = VectorSpan.average(VectorSpan.slot(averages, index), averageShare, gradients);
        updated.intoArray(averages, index);
        return updated;
    }

    /** Takes gradients into the second moment, and answers it. */
    FloatVector averageSquare(int index, FloatVector gradients) {
        FloatVector updated =
                VectorSpan.averageSquares(VectorSpan.slot(squares, index), squareKeep, squareShare, gradients);
        updated.intoArray(squares, index);
        return updated;
    }
}
