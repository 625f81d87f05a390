package io.firesteel.engine.event;

/** Where the engine is in its data; outlives the run, so that the next one knows. */
final class Cursor {
    private long pass = 1;
    private long fetched;
    private boolean inFlight;

    /** Before the first batch that wasn't processed. */
    Position position() {
        return new Position(pass, inFlight ? fetched - 1 : fetched);
    }

    long fetchedInPass() {
        return fetched;
    }

    void moveTo(Position position) {
        pass = position.epoch();
        fetched = position.iteration();
        inFlight = false;
    }

    void startPass(long number) {
        moveTo(new Position(number, 0));
    }

    void startNextPass() {
        startPass(pass + 1);
    }

    /** Leaves what is left of a pass that has begun. */
    void leavePass() {
        if (fetched > 0) {
            startNextPass();
        }
    }

    void fetched() {
        fetched++;
        inFlight = true;
    }

    void processed() {
        inFlight = false;
    }
}
