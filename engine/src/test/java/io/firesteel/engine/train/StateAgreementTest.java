package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.checkpoint.EngineState;
import io.firesteel.engine.event.ErrorOutput;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.train.TestingReplicas.Ended;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a checkpoint would lose of handlers that aren't alike on all ranks. */
@Timeout(60)
class StateAgreementTest {
    @Test
    void handlersThatDifferAreNamedOnce() throws Exception {
        String warnings = warnings(2, 3, rank -> having(Map.of("sum", state(rank), "best", state(7))));
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .endsWith("The state of trainer handler sum on rank 1 is lost when the run goes on from a checkpoint:"
                        + " rank 0 has another, which all ranks get");
    }

    @Test
    void handlerThatRankZeroHasNotIsNamed() throws Exception {
        String warnings = warnings(
                3, 1, rank -> having(rank == 2 ? Map.of("best", state(7), "own", state(1)) : Map.of("best", state(7))));
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .endsWith("The state of trainer handler own on rank 2 is lost when the run goes on from a checkpoint:"
                        + " rank 0 has no such handler");
    }

    @Test
    void valuesThatDifferAreNamed() throws Exception {
        String warnings = warnings(2, 1, rank -> new EngineState(state(rank), Map.of()));
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .endsWith("The state of trainer values on rank 1 is lost when the run goes on from a checkpoint:"
                        + " rank 0 has another, which all ranks get");
    }

    @Test
    void handlerOnRankZeroAloneLosesNothing() throws Exception {
        assertThat(warnings(2, 2, rank -> having(rank == 0 ? Map.of("sum", state(1)) : Map.of())))
                .isEmpty();
    }

    @Test
    void rankByItselfHasNobodyToDifferFrom() throws Exception {
        assertThat(warnings(1, 1, rank -> having(Map.of("sum", state(rank))))).isEmpty();
    }

    private static String warnings(int ranks, int times, IntFunction<EngineState> states) throws Exception {
        try (ErrorOutput output = ErrorOutput.taken()) {
            List<Ended<Void>> ended = TestingReplicas.run(ranks, communicator -> {
                StateAgreement agreement = new StateAgreement(communicator);
                for (int i = 0; i < times; i++) {
                    agreement.check(Map.of("trainer", states.apply(communicator.rank())));
                }
                return null;
            });
            assertThat(ended).extracting(Ended::failure).containsOnlyNulls();
            return output.text();
        }
    }

    private static EngineState having(Map<String, StateDict> handlers) {
        return new EngineState(StateDict.builder(1).build(), handlers);
    }

    private static StateDict state(long value) {
        return StateDict.builder(1).put("count", value).build();
    }
}
