package io.firesteel.engine.model;

/** Whether layers that behave differently in training (dropout, BatchNorm) do so. */
public enum ForwardMode {
    TRAINING,
    EVALUATION
}
