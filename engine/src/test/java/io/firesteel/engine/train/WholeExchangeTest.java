package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.Communicator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WholeExchangeTest {
    private static final StepSpan STEP = new StepSpan(1, 1);

    private static FloatBuffer vector(float... values) {
        return ByteBuffer.allocateDirect(values.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(0, values);
    }

    private static void exchange(WholeExchange exchange, List<FloatBuffer> contributions, FloatBuffer sum) {
        exchange.start(STEP, contributions, sum);
        exchange.finish();
    }

    /** One exchange goes through steps of all kinds, so that none is taken for the one before. */
    @Test
    void replicaAloneSumsItsShards() {
        try (Communicator communicator = Communicator.local()) {
            WholeExchange exchange = new WholeExchange(communicator);
            FloatBuffer own = vector(1, -2, 3);
            FloatBuffer sum = vector(9, 9, 9);
            exchange(exchange, List.of(own, vector(10, 20, 30)), sum);
            assertThat(sum).isEqualTo(vector(11, 18, 33));
            exchange(exchange, List.of(own), own);
            assertThat(own).isEqualTo(vector(1, -2, 3));
            exchange(exchange, List.of(own), sum);
            assertThat(sum).isEqualTo(vector(1, -2, 3));
        }
    }
}
