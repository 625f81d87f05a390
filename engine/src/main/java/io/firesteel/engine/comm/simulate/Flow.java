package io.firesteel.engine.comm.simulate;

/** Bytes on their way over two links, at the smaller of the shares that both give it. */
final class Flow {
    private final Link out;
    private final Link in;
    private final Runnable sent;
    private double remaining;
    private double rate;
    private double since;
    private int outIndex;
    private int inIndex;
    private long adapted = -1;

    /** A flow that isn't in its links yet; {@code sent} is what happens when its last byte has been. */
    Flow(Link out, Link in, double bytes, Runnable sent) {
        this.out = out;
        this.in = in;
        this.sent = sent;
        remaining = bytes;
    }

    Link out() {
        return out;
    }

    Link in() {
        return in;
    }

    Runnable sent() {
        return sent;
    }

    void enter(double now) {
        since = now;
        outIndex = out.add(this);
        inIndex = in.add(this);
    }

    void leave() {
        out.remove(outIndex).outIndex = outIndex;
        in.remove(inIndex).inIndex = inIndex;
    }

    /** Counts what has been sent up to now, and goes on at the shares that the links give now. */
    void adapt(double now, long step) {
        remaining = Math.max(0, remaining - rate * (now - since));
        since = now;
        rate = Math.min(out.share(), in.share());
        adapted = step;
    }

    /** The step of the last change of the rate, which plans of earlier steps don't know. */
    long adapted() {
        return adapted;
    }

    /** When it ends at the present rate. */
    double end() {
        return since + remaining / rate;
    }
}
