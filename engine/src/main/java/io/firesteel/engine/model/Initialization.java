package io.firesteel.engine.model;

/** Where a network's first weights come from. */
public enum Initialization {
    /** The initializers that the block carries, drawn from the native library's generator. */
    OF_BLOCK,
    /** PyTorch's default for linear and convolutional layers, drawn in Java: the same bits on every host. */
    KAIMING_UNIFORM
}
