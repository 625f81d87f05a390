package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardStatesBytesTest {
    @Test
    void noShardsAreFourBytes() {
        byte[] bytes = ShardStatesBytes.toBytes(List.of());
        assertThat(bytes).containsExactly(0, 0, 0, 0);
        assertThat(ShardStatesBytes.fromBytes(bytes)).isEmpty();
    }

    @Test
    void bytesAreCountsNamesAndStates() {
        assertThat(ShardStatesBytes.toBytes(List.of(new ShardStates(258, Map.of("ab", new byte[] {7, -1})))))
                .containsExactly(0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 0, 1, 0, 2, 'a', 'b', 0, 0, 0, 2, 7, -1);
    }

    @Test
    void shardsAndStatesSurviveTheRoundTripInTheirOrder() {
        List<ShardStates> read = ShardStatesBytes.fromBytes(ShardStatesBytes.toBytes(shards()));
        assertThat(read).extracting(ShardStates::shard).containsExactly(7, 2, 3);
        assertThat(read.get(0).states().keySet()).containsExactly("loss", "größe", "ledger");
        assertThat(read.get(0).states().get("loss")).containsExactly(1, 2, 3);
        assertThat(read.get(0).states().get("größe")).isEmpty();
        assertThat(read.get(0).states().get("ledger")).isEqualTo(new byte[100_000]);
        assertThat(read.get(1).states()).isEmpty();
        assertThat(read.get(2).states().get("loss")).containsExactly(-1);
    }

    @Test
    void bytesThatAreCutShortAnywhereAreRefused() {
        byte[] whole = ShardStatesBytes.toBytes(List.of(
                new ShardStates(1, Map.of("loss", new byte[] {1, 2})), new ShardStates(2, Map.of())));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ShardStatesBytes.fromBytes(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("Cannot read the states of shards: they are cut short");
        }
    }

    private static List<ShardStates> shards() {
        Map<String, byte[]> states = new LinkedHashMap<>();
        states.put("loss", new byte[] {1, 2, 3});
        states.put("größe", new byte[0]);
        states.put("ledger", new byte[100_000]);
        return List.of(
                new ShardStates(7, states),
                new ShardStates(2, Map.of()),
                new ShardStates(3, Map.of("loss", new byte[] {-1})));
    }
}
