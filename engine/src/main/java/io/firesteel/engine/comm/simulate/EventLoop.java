package io.firesteel.engine.comm.simulate;

import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Plays events in the order of their times, and of their planning where times are equal. What happens at one time changes
 * the shares of all flows concerned once, so that equal flows which begin together also end together.
 */
final class EventLoop {
    /** Times that differ by no more than rounding are one. */
    private static final double RELATIVE = 1e-10;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<Link> changed = new LinkedHashSet<>();
    private long planned;
    private long step;
    private double now;

    /** Something to do, or the end of a flow, if its rate hasn't changed since that step. */
    private record Event(double time, long number, Flow flow, long step, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(time, other.time);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    double now() {
        return now;
    }

    void at(double time, Runnable action) {
        events.add(new Event(time, planned++, null, 0, action));
    }

    void start(Flow flow) {
        flow.enter(now);
        changed.add(flow.out());
        changed.add(flow.in());
    }

    /** Until nothing is planned any more. */
    void run() {
        while (!events.isEmpty()) {
            now = Math.max(now, events.peek().time);
            double until = now + now * RELATIVE;
            while (!events.isEmpty() && events.peek().time <= until) {
                play(events.poll());
            }
            step++;
            for (Link link : changed) {
                link.flows().forEach(this::plan);
            }
            changed.clear();
        }
    }

    private void play(Event event) {
        if (event.flow == null) {
            event.action.run();
        } else if (event.step == event.flow.adapted()) {
            event.flow.leave();
            changed.add(event.flow.out());
            changed.add(event.flow.in());
            event.flow.sent().run();
        }
    }

    private void plan(Flow flow) {
        if (flow.adapted() != step) {
            flow.adapt(now, step);
            events.add(new Event(flow.end(), planned++, flow, step, null));
        }
    }
}
