package io.firesteel.engine.event;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes down what an engine fires, as {@code IC(1,3)}: event, epoch, iteration. */
final class Trace {
    private static final Map<Events, String> SHORT = new EnumMap<>(Map.ofEntries(
            Map.entry(Events.STARTED, "ST"),
            Map.entry(Events.EPOCH_STARTED, "ES"),
            Map.entry(Events.GET_BATCH_STARTED, "GBS"),
            Map.entry(Events.DATALOADER_STOP_ITERATION, "DSI"),
            Map.entry(Events.GET_BATCH_COMPLETED, "GBC"),
            Map.entry(Events.ITERATION_STARTED, "IS"),
            Map.entry(Events.ITERATION_COMPLETED, "IC"),
            Map.entry(Events.TERMINATE_SINGLE_EPOCH, "TSE"),
            Map.entry(Events.EPOCH_COMPLETED, "EC"),
            Map.entry(Events.TERMINATE, "TE"),
            Map.entry(Events.INTERRUPT, "IN"),
            Map.entry(Events.EXCEPTION_RAISED, "EX"),
            Map.entry(Events.COMPLETED, "CO")));

    private final List<String> events = new ArrayList<>();

    static <B, O> Trace of(Engine<B, O> engine) {
        Trace trace = new Trace();
        for (Events event : Events.values()) {
            engine.on(event, Integer.MAX_VALUE, "trace", e -> trace.write(event, e.state()));
        }
        return trace;
    }

    private void write(Events event, State<?, ?> state) {
        events.add(SHORT.get(event) + "(" + state.epoch() + "," + state.iteration() + ")");
    }

    /** Everything so far, separated by spaces. */
    String text() {
        return String.join(" ", events);
    }

    /** Without positions. */
    String names() {
        return text().replaceAll("\\([^)]*\\)", "");
    }

    /** Everything so far, which is then forgotten. */
    String take() {
        String text = text();
        events.clear();
        return text;
    }

    /** The last of them. */
    String tail(int count) {
        return String.join(" ", events.subList(events.size() - count, events.size()));
    }

    long count(String name) {
        return events.stream().filter(event -> event.startsWith(name + "(")).count();
    }
}
