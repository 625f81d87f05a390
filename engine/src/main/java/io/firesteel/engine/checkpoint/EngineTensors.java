package io.firesteel.engine.checkpoint;

import io.firesteel.engine.event.StateDict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of engines as tensors of a checkpoint: {@code engine/ENGINE/values} and {@code engine/ENGINE/handler/HANDLER}, each
 * the bytes of a {@link StateDict}. Names of engines have no slash, those of handlers may.
 */
final class EngineTensors {
    static final String PREFIX = "engine/";

    private static final String VALUES = "values";
    private static final String HANDLER = "handler/";

    private EngineTensors() {}

    static List<StoredTensor> of(Map<String, EngineState> engines) {
        List<StoredTensor> tensors = new ArrayList<>();
        engines.forEach((engine, state) -> {
            tensors.add(tensor(engine, VALUES, state.values()));
            state.handlers().forEach((name, handler) -> tensors.add(tensor(engine, HANDLER + name, handler)));
        });
        return tensors;
    }

    private static StoredTensor tensor(String engine, String name, StateDict state) {
        byte[] bytes = state.toBytes();
        return new StoredTensor(
                PREFIX + engine + "/" + name, StoredType.U8, List.of((long) bytes.length), ByteBuffer.wrap(bytes));
    }

    /** @param states bytes by name, without the prefix */
    static Map<String, EngineState> read(Map<String, byte[]> states) {
        Map<String, EngineState> engines = new LinkedHashMap<>();
        states.forEach((path, bytes) -> {
            int slash = path.indexOf('/');
            if (slash < 1) {
                throw new IllegalArgumentException(
                        "its tensor " + PREFIX + path + " belongs to no engine (expected " + PREFIX + "ENGINE/NAME)");
            }
            engines.merge(path.substring(0, slash), part(path.substring(slash + 1), bytes), EngineTensors::join);
        });
        return engines;
    }

    private static EngineState part(String name, byte[] bytes) {
        StateDict state = StateDict.fromBytes(bytes);
        return name.startsWith(HANDLER)
                ? new EngineState(EngineState.NONE.values(), Map.of(name.substring(HANDLER.length()), state))
                : new EngineState(state, Map.of());
    }

    private static EngineState join(EngineState one, EngineState other) {
        Map<String, StateDict> handlers = new LinkedHashMap<>(one.handlers());
        handlers.putAll(other.handlers());
        return new EngineState(one.values().names().isEmpty() ? other.values() : one.values(), handlers);
    }
}
