package io.firesteel.engine.comm;

/** An exchange that ends with a sum. */
interface Reduction extends Exchange {
    /** Contributions of all ranks, once the exchange is done. */
    long totalContributions();
}
