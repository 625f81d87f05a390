package io.firesteel.spark.retrain;

/** Is told when a step of a date is done; what it throws ends the date there, as a kill would. */
@FunctionalInterface
interface StepListener {
    StepListener NONE = step -> {};

    void done(Step step);
}
