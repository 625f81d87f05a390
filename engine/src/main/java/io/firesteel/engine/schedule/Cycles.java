package io.firesteel.engine.schedule;

/**
 * Cycles one after the other, each longer by a factor than the one before, with pauses of one length between them. Cycle i begins at
 * {@code length (1 + f + … + f^(i-1)) + i pause}.
 */
record Cycles(double length, double factor, double pause) {
    /** Index of the cycle that a step lies in; a cycle's pause belongs to it. */
    double indexAt(double step) {
        return factor == 1 ? equalIndexAt(step) : growingIndexAt(step);
    }

    /** First step of a cycle. */
    double begin(double index) {
        double lengths = factor == 1 ? index * length : length * (StrictMath.pow(factor, index) - 1) / (factor - 1);
        return lengths + index * pause;
    }

    /** Steps of a cycle, without its pause. */
    double length(double index) {
        return length * StrictMath.pow(factor, index);
    }

    private double equalIndexAt(double step) {
        return settle(Math.floor(step / (length + pause)), step);
    }

    private double growingIndexAt(double step) {
        double withoutPauses = Math.floor(StrictMath.log1p(step * (factor - 1) / length) / StrictMath.log(factor));
        return settle(pause == 0 ? withoutPauses : indexUpTo(withoutPauses + 1, step), step);
    }

    /** There is no formula for growing lengths and equal pauses together, but halving what is left is as quick. */
    private double indexUpTo(double bound, double step) {
        double low = 0;
        double high = bound + 1;
        while (high - low > 1) {
            double middle = Math.floor((low + high) / 2);
            if (begin(middle) <= step) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Rounding may have put a step at the border of two cycles into the wrong one. */
    private double settle(double index, double step) {
        if (begin(index + 1) <= step) {
            return index + 1;
        }
        return index > 0 && begin(index) > step ? index - 1 : index;
    }
}
