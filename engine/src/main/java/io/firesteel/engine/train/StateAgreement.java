package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.EngineState;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.event.StateDict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds handlers whose state isn't the same on all ranks. A checkpoint holds those of rank 0, as one of another number of
 * replicas couldn't be dealt out; so the others' would be lost, which is worth a warning, once for each handler. A handler on
 * rank 0 alone loses nothing.
 */
final class StateAgreement {
    private static final Logger LOG = LoggerFactory.getLogger(StateAgreement.class);

    private final Communicator communicator;
    private final Set<String> warned = new HashSet<>();

    StateAgreement(Communicator communicator) {
        this.communicator = communicator;
    }

    /** Collective. Only hashes travel. */
    void check(Map<String, EngineState> engines) {
        if (communicator.worldSize() == 1) {
            return;
        }
        List<byte[]> byRank = communicator.allGather(hashes(engines).toBytes());
        if (communicator.rank() == 0) {
            Map<String, Object> first = StateDict.fromBytes(byRank.get(0)).toMap();
            for (int rank = 1; rank < byRank.size(); rank++) {
                compare(first, rank, StateDict.fromBytes(byRank.get(rank)).toMap());
            }
        }
    }

    private static StateDict hashes(Map<String, EngineState> engines) {
        StateDict.Builder hashes = StateDict.builder(1);
        engines.forEach((engine, state) -> {
            hashes.put(engine + " values", state.values().hashCode());
            state.handlers().forEach((name, handler) -> hashes.put(engine + " handler " + name, handler.hashCode()));
        });
        return hashes.build();
    }

    private void compare(Map<String, Object> first, int rank, Map<String, Object> other) {
        for (String name : other.keySet()) {
            boolean differs = !Objects.equals(first.get(name), other.get(name));
            if (differs && warned.add(name)) {
                LOG.warn(
                        "The state of {} on rank {} is lost when the run goes on from a checkpoint: rank 0 has {}",
                        name,
                        rank,
                        first.containsKey(name) ? "another, which all ranks get" : "no such handler");
            }
        }
    }
}
