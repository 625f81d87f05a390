package io.firesteel.engine.comm.simulate;

import java.util.ArrayList;
import java.util.List;

/** One direction of a network card, or of a rank's memory: shared equally by the flows in it. */
final class Link {
    private final double bytesPerSecond;
    private final List<Flow> flows = new ArrayList<>();

    Link(double bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns where the flow stands, for {@link #remove}. */
    int add(Flow flow) {
        flows.add(flow);
        return flows.size() - 1;
    }

    /** Takes out the flow that stands there; returns the one that has moved into its place. */
    Flow remove(int index) {
        Flow last = flows.remove(flows.size() - 1);
        if (index < flows.size()) {
            flows.set(index, last);
        }
        return last;
    }

    double share() {
        return bytesPerSecond / flows.size();
    }

    List<Flow> flows() {
        return flows;
    }
}
