package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.train.TestingReplicas.Ended;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ByteBroadcastTest {
    private static final int CHUNK = 16 << 20;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK, CHUNK + 1, 2 * CHUNK + 12345})
    void allRanksHaveTheFirstRanksBytes(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        for (int ranks : new int[] {1, 2}) {
            for (Ended<byte[]> ended : TestingReplicas.run(
                    ranks,
                    communicator -> ByteBroadcast.fromFirstRank(communicator, () -> {
                        assertThat(communicator.rank())
                                .as("the one that is asked")
                                .isZero();
                        return bytes;
                    }))) {
                assertThat(ended.failure()).isNull();
                assertThat(ended.value()).isEqualTo(bytes);
            }
        }
    }
}
