package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.CommunicatorOptions;
import io.firesteel.engine.data.BatchAssembly;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaAssemblyTest {
    @Test
    void replicasThatWaitForANetworkAssembleAhead() {
        int many = 2 * Runtime.getRuntime().availableProcessors();
        try (Communicator apart =
                Communicator.relayed(0, many, (sequence, value) -> List.of(), CommunicatorOptions.defaults())) {
            assertThat(apart.isOnOneMachine()).isFalse();
            assertThat(ReplicaTraining.assembly(List.of(), apart)).isEqualTo(BatchAssembly.AHEAD);
        }
    }

    @Test
    void replicaAloneOnAMachineLooksAtItsProcessors() {
        boolean spare = Runtime.getRuntime().availableProcessors() > 1;
        try (Communicator alone = Communicator.local()) {
            assertThat(alone.isOnOneMachine()).isTrue();
            assertThat(ReplicaTraining.assembly(List.of(), alone))
                    .isEqualTo(spare ? BatchAssembly.AHEAD : BatchAssembly.ON_DEMAND);
        }
    }
}
