package io.firesteel.engine.comm;

/** Carries the frames of exchanges between this rank and the others, one exchange at a time. */
interface Carrier {
    int rank();

    int worldSize();

    /** Whether every rank takes part in every exchange, so that groups can't have exchanges of their own. */
    default boolean needsAllRanks() {
        return false;
    }

    /** Whether this rank and another are processes of one machine that map the same memory. */
    default boolean sharesMemoryWith(int peer) {
        return false;
    }

    /** Starts an exchange and returns without waiting. */
    void begin(Exchange exchange) throws Fault;

    /** Goes on with the exchange without waiting. */
    void poll() throws Fault;

    /** Waits for the end of the exchange. */
    void finish() throws Fault;

    /** What the fault means to the caller of an operation. */
    CommunicationException failure(Fault fault, String operation);

    /** May be called by any thread and more than once; ends a wait. */
    void close();
}
