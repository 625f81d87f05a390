package io.firesteel.engine.metric;

/** What the numbers of a prediction mean. */
public enum PredictionKind {
    /**
     * Any numbers, larger for likelier: a softmax over C &gt; 1 columns, or a sigmoid of one column, makes probabilities of
     * them. What a network trained with cross entropy gives.
     */
    LOGITS,
    /** In [0, 1]: of each class, or of class 1 if there is one column. */
    PROBABILITIES,
    /** 0-based classes that something has decided on already, one column; or 0 and 1 for each of several labels. */
    CLASSES
}
