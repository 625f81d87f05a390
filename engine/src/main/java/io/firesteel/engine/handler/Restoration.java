package io.firesteel.engine.handler;

/** Puts a model back into the state that it had, once it is closed: {@link AveragedWeights#swap}, {@link TrialModel#save}. */
public interface Restoration extends AutoCloseable {
    /** Gives the model back what it had, bit by bit; closing again changes nothing. */
    @Override
    void close();
}
