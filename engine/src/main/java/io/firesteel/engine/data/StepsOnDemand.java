package io.firesteel.engine.data;

/** Steps that the thread which trains on them assembles itself, always in the same buffers. */
final class StepsOnDemand implements StepSupply {
    private final StepAssembler assembler;
    private final StepErrors errors;
    private final StepBatch set;
    private volatile boolean closed;

    StepsOnDemand(StepAssembler assembler, int epoch, StepBatch set) {
        this.assembler = assembler;
        this.errors = new StepErrors(epoch);
        this.set = set;
    }

    @Override
    public StepBatch next(long step) {
        if (closed) {
            throw errors.closed(step);
        }
        try {
            assembler.fill(set, step);
            return set;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.interrupted(step, e);
        } catch (RuntimeException e) {
            throw errors.unreadable(step, e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
