package io.firesteel.spark.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.train.Inference;
import io.firesteel.engine.train.LossFunction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferencePoolTest {
    private final LoadedModel model = LinearModels.regression(LossFunction.MSE);
    private final NetworkSource source = model.source(List.of(new TensorSpec("x", ElementType.FLOAT32, List.of(2))));

    @Test
    void networkServesOneTaskAfterAnother() {
        InferencePool pool = new InferencePool(Duration.ofMinutes(1));
        Inference first;
        try (InferencePool.Loan loan = pool.take(source, 4);
                InferencePool.Loan other = pool.take(source, 4)) {
            first = loan.inference();
            assertThat(other.inference()).isNotSameAs(first);
        }
        assertThat(pool.idle()).isEqualTo(2);
        try (InferencePool.Loan loan = pool.take(source, 4);
                InferencePool.Loan larger = pool.take(source, 8)) {
            assertThat(loan.inference()).isSameAs(first);
            assertThat(larger.inference().capacity()).isEqualTo(8);
        }
    }

    @Test
    void networkThatNobodyWantsIsClosed() {
        InferencePool pool = new InferencePool(Duration.ofMillis(1));
        pool.take(source, 4).close();
        while (pool.idle() > 0) {
            Thread.onSpinWait();
        }
        try (InferencePool.Loan loan = pool.take(source, 4)) {
            loan.inference().inputs().get(0).putFloat(0, 1).putFloat(4, 1);
            loan.inference().run(1, Set.of());
            assertThat(loan.inference().outputs()[0]).isEqualTo(6);
        }
    }
}
