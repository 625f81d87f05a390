package io.firesteel.engine.train;

/** Something that trains block by block, and can be left and taken up again between them. */
interface StepLoop extends AutoCloseable {
    /** Runs the steps of one block. */
    void run(StepSamples samples);

    @Override
    void close();
}
