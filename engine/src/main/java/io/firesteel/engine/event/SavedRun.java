package io.firesteel.engine.event;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an engine's state dict holds.
 *
 * @param progress of the run
 * @param values of the user's, by name
 */
record SavedRun(Progress progress, Map<String, Object> values) {
    static final int VERSION = 1;

    StateDict toStateDict() {
        Map<String, Object> all = new LinkedHashMap<>(progress.toMap());
        all.putAll(values);
        return StateDict.of(VERSION, all);
    }

    static SavedRun of(StateDict dict) {
        if (dict.version() != VERSION) {
            throw Progress.invalid("the version of its state is " + dict.version() + " (expected " + VERSION + ")");
        }
        Map<String, Long> progress = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        dict.toMap().forEach((name, value) -> {
            if (ProgressMap.isKey(name)) {
                progress.put(name, dict.longValue(name));
            } else {
                values.put(name, value);
            }
        });
        return new SavedRun(Progress.fromMap(progress), values);
    }
}
