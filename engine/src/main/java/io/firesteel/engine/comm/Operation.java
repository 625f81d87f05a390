package io.firesteel.engine.comm;

/** What a frame belongs to; the code is what stands on the wire. */
enum Operation {
    BARRIER(1, "barrier"),
    ALL_GATHER(2, "allGather"),
    BROADCAST(3, "broadcast"),
    ALL_REDUCE_MAX(4, "allReduceMax"),
    ALL_REDUCE_SUM(5, "allReduceSum"),
    ALL_REDUCE(6, "allReduce"),
    REDUCE_SCATTER(7, "reduceScatter"),
    ALL_GATHER_SLICES(8, "allGather of slices"),
    BROADCAST_IN_PLACE(9, "broadcast in place"),
    SPLIT(10, "split"),
    ALL_TO_ALL(11, "allToAll"),
    ALLOCATE(12, "allocate");

    private final int code;
    private final String title;

    Operation(int code, String title) {
        this.code = code;
        this.title = title;
    }

    int code() {
        return code;
    }

    /** The name in messages: that of the method which was called. */
    String title() {
        return title;
    }

    /** The shortest value that makes sense. */
    int minBytes() {
        return switch (this) {
            case ALL_REDUCE_MAX -> Long.BYTES;
            case SPLIT -> GroupNumbers.VOTE_BYTES;
            case ALLOCATE -> SharedAllocation.VOTE_BYTES;
            default -> 0;
        };
    }

    static Operation ofCode(int code, int peer) throws Fault {
        for (Operation operation : values()) {
            if (operation.code == code) {
                return operation;
            }
        }
        throw Fault.protocol(peer, "sent an unknown operation code " + code);
    }
}
