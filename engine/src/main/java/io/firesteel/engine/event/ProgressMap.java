package io.firesteel.engine.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Reads a {@link Progress} from names and numbers. */
final class ProgressMap {
    static final String ITERATION = "iteration";
    static final String EPOCH = "epoch";
    static final String EPOCH_LENGTH = "epochLength";
    static final String MAX_EPOCHS = "maxEpochs";
    static final String MAX_ITERATIONS = "maxIterations";
    static final String EPOCHS = "epochs";
    static final String EPOCH_ITERATION = "epochIteration";
    static final String DATA_EPOCH = "dataEpoch";
    static final String DATA_ITERATION = "dataIteration";

    /** Before the name of an event of the user's. */
    static final String FIRINGS = "event.";

    private static final Set<String> KEYS = Set.of(
            ITERATION,
            EPOCH,
            EPOCH_LENGTH,
            MAX_EPOCHS,
            MAX_ITERATIONS,
            EPOCHS,
            EPOCH_ITERATION,
            DATA_EPOCH,
            DATA_ITERATION);

    private final Map<String, Long> map;

    ProgressMap(Map<String, Long> map) {
        this.map = map;
    }

    /** Whether a progress as names and numbers may have this name. */
    static boolean isKey(String name) {
        return KEYS.contains(name) || name.startsWith(FIRINGS);
    }

    Progress read() {
        Set<String> unknown = new TreeSet<>(map.keySet());
        unknown.removeIf(ProgressMap::isKey);
        if (!unknown.isEmpty()) {
            throw Progress.invalid("unknown keys " + unknown + " (expected " + new TreeSet<>(KEYS) + ")");
        }
        exactlyOne(ITERATION, EPOCH);
        exactlyOne(MAX_EPOCHS, MAX_ITERATIONS);
        RunLimit limit =
                has(MAX_EPOCHS) ? RunLimit.epochs(map.get(MAX_EPOCHS)) : RunLimit.iterations(map.get(MAX_ITERATIONS));
        return has(EPOCHS) ? exact(limit) : counted(limit);
    }

    private Progress exact(RunLimit limit) {
        OptionalLong epochLength = has(EPOCH_LENGTH) ? OptionalLong.of(map.get(EPOCH_LENGTH)) : OptionalLong.empty();
        Optional<Position> data = has(DATA_EPOCH)
                ? Optional.of(new Position(map.get(DATA_EPOCH), need(DATA_ITERATION)))
                : Optional.empty();
        return new Progress(
                map.get(EPOCHS), need(EPOCH_ITERATION), need(ITERATION), epochLength, data, limit, firings());
    }

    private Progress counted(RunLimit limit) {
        Progress progress = fullEpochs(limit);
        return new Progress(
                progress.epochs(),
                progress.epochIteration(),
                progress.iteration(),
                progress.epochLength(),
                progress.data(),
                limit,
                firings());
    }

    private Progress fullEpochs(RunLimit limit) {
        long position = map.get(has(ITERATION) ? ITERATION : EPOCH);
        if (position == 0 && !has(EPOCH_LENGTH)) {
            return new Progress(0, 0, 0, OptionalLong.empty(), Optional.empty(), limit);
        }
        long epochLength = need(EPOCH_LENGTH);
        return has(ITERATION)
                ? Progress.atIteration(position, epochLength, limit)
                : Progress.atEpoch(position, epochLength, limit);
    }

    private Map<String, Long> firings() {
        Map<String, Long> firings = new LinkedHashMap<>();
        map.forEach((name, count) -> {
            if (name.startsWith(FIRINGS)) {
                firings.put(name.substring(FIRINGS.length()), count);
            }
        });
        return firings;
    }

    private void exactlyOne(String one, String other) {
        if (has(one) == has(other)) {
            throw Progress.invalid(
                    (has(one) ? "both " + one + " and " + other + " are" : "neither " + one + " nor " + other + " is")
                            + " given (expected one of them, keys are " + new TreeSet<>(map.keySet()) + ")");
        }
    }

    private long need(String key) {
        if (!has(key)) {
            throw Progress.invalid(key + " is missing (keys are " + new TreeSet<>(map.keySet()) + ")");
        }
        return map.get(key);
    }

    private boolean has(String key) {
        return map.get(key) != null;
    }
}
