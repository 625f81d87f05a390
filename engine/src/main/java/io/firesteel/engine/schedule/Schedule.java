package io.firesteel.engine.schedule;

import java.io.Serializable;

/**
 * A number as a function of how many steps have been taken: immutable, and a value that crosses Spark. Closed form: the value at
 * step 1,000,000 costs what the value at step 0 costs, and a run that goes on from a checkpoint needs nothing but its position.
 *
 * <p>A step is what the user counts by, see {@link Pace}. Step 0 is the first. Fractions of steps are fine, so that a schedule
 * counted in epochs can change at every iteration. The same step gives the same bits on every machine.
 *
 * <p>Each kind names the formulas of PyTorch ({@code torch.optim.lr_scheduler}) and PyTorch Ignite that it equals. Values are
 * absolute, where PyTorch multiplies the optimizer's own.
 */
public sealed interface Schedule extends Serializable
        permits ConstantSchedule,
                LinearSchedule,
                PolynomialSchedule,
                ExponentialSchedule,
                StepSchedule,
                MultiStepSchedule,
                CosineSchedule,
                CyclicSchedule,
                TriangularSchedule,
                OneCycleSchedule,
                InverseSquareRootSchedule,
                PiecewiseLinearSchedule,
                ConcatSchedule,
                WarmupSchedule {
    /**
     * The value at a step.
     *
     * @param step steps taken before, &gt;= 0
     * @throws IllegalArgumentException if {@code step} is negative or no finite number
     */
    default double at(double step) {
        if (!(step >= 0 && step < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Invalid step: " + step + " (must be a finite number >= 0)");
        }
        return value(step);
    }

    /** The value at a step that has been checked; callers use {@link #at}. */
    double value(double step);

    /** Between which values the schedule stays, whatever the step. */
    Bounds bounds();

    /** This schedule after steps that lead in a straight line from a value to its first one. */
    default WarmupSchedule after(double from, double steps) {
        return new WarmupSchedule(from, steps, this);
    }

    /**
     * The values at steps 0, 1, 2, …
     *
     * @param steps how many, &gt;= 0
     * @throws IllegalArgumentException if {@code steps} is negative
     */
    default double[] simulate(int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("Invalid steps: " + steps + " (must be >= 0)");
        }
        double[] values = new double[steps];
        for (int step = 0; step < steps; step++) {
            values[step] = at(step);
        }
        return values;
    }
}
