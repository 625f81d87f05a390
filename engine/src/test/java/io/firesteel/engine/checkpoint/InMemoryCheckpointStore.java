package io.firesteel.engine.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A store for tests, which notes what was done and fails where it is told to. */
public final class InMemoryCheckpointStore implements CheckpointStore {
    /** What can fail. */
    public enum Action {
        SAVE,
        LOAD,
        DELETE
    }

    private static final String SCHEME = "memory:/";

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Set<Action> failing = new TreeSet<>();
    private final List<String> log = new ArrayList<>();

    /** From now on this fails. */
    public synchronized InMemoryCheckpointStore fail(Action action) {
        failing.add(action);
        return this;
    }

    /** Puts content where no run has written it. */
    public synchronized void replace(String location, byte[] content) {
        files.put(location, content.clone());
    }

    /** Adds to the log what happened elsewhere. */
    public synchronized void note(String event) {
        log.add(event);
    }

    /** What happened, in order, such as {@code SAVE memory:/a}. */
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** Locations of what is there. */
    public synchronized Set<String> locations() {
        return new TreeSet<>(files.keySet());
    }

    @Override
    public synchronized String write(String name, byte[] content) {
        String location = SCHEME + name;
        begin(Action.SAVE, location);
        files.put(location, content.clone());
        return location;
    }

    @Override
    public synchronized byte[] read(String location) {
        begin(Action.LOAD, location);
        byte[] content = files.get(location);
        if (content == null) {
            throw new CheckpointException("Cannot load checkpoint: there is no " + location);
        }
        return content.clone();
    }

    @Override
    public synchronized void delete(String location) {
        begin(Action.DELETE, location);
        files.remove(location);
    }

    private void begin(Action action, String location) {
        log.add(action + " " + location);
        if (failing.contains(action)) {
            throw new CheckpointException(
                    "Cannot " + action.name().toLowerCase(Locale.ROOT) + " " + location + ": the disk is gone");
        }
    }
}
