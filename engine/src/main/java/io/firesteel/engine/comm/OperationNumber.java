package io.firesteel.engine.comm;

/**
 * Which operation of which communicator a frame belongs to. The number counts a communicator's operations; those of the
 * groups that were split off it have the group's number in front, so that they are never taken for one another and can
 * be told apart in messages: 3000000000012 is operation 12 of group 3.
 *
 * @param operation what is done
 * @param sequence its number, as it stands in frames
 */
record OperationNumber(Operation operation, long sequence) {
    private static final long OPERATIONS_OF_A_GROUP = 1_000_000_000_000L;

    /** The number of a group's first operation; 0 for the communicator of all ranks. */
    static long first(long group) {
        return Math.multiplyExact(group, OPERATIONS_OF_A_GROUP);
    }

    Frame frame(long length, long argument, int count) {
        return new Frame(operation, sequence, length, argument, count);
    }

    /** The name in messages. */
    String title() {
        return operation.title() + " " + sequence;
    }
}
