package io.firesteel.spark.coordinator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.train.Coordination;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializedFormTest {
    static List<Object> values() {
        return List.of(
                new Message.Started(Replicas.sender(3, 1)),
                Replicas.join(0, 2),
                new Message.Poll(Replicas.sender(0, 1), "epoch/1/train"),
                new Message.Progress(Replicas.sender(0, 0), new Coordination.Progress(1, 2, 3, 0.5, 10, 0.1)),
                new Message.EpochCompleted(Replicas.sender(0, 0), Replicas.epoch(2)),
                new Message.Failed(Replicas.sender(0, 1), Replicas.failure(1, ReplicaFailure.Kind.DATA)),
                new Membership(List.of(Replicas.member(1), Replicas.member(0)), ""),
                new Pending(List.of("rank 1")),
                new Refusal("over"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyMessageAndReplyCrosses(Object value) {
        assertThat(SerializedForm.fromBytes(SerializedForm.toBytes(value), Object.class))
                .isEqualTo(value);
    }

    @Test
    void statesCrossByteForByte() {
        Message.Merge merge = Replicas.merge(0, 1, "k", 5);
        Message.Merge read = SerializedForm.fromBytes(SerializedForm.toBytes(merge), Message.Merge.class);
        assertThat(read.sender()).isEqualTo(merge.sender());
        assertThat(read.states().get(0).states().get("ledger"))
                .isEqualTo(merge.states().get(0).states().get("ledger"));
    }

    @Test
    void classThatIsNotHereIsNamed() {
        String bytes = new String(SerializedForm.toBytes(new Refusal("over")), ISO_8859_1);
        byte[] strange =
                bytes.replace("coordinator.Refusal", "coordinator.Refusam").getBytes(ISO_8859_1);
        assertThatThrownBy(() -> SerializedForm.fromBytes(strange, Refusal.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read a Refusal: io.firesteel.spark.coordinator.Refusam");
    }

    @Test
    void otherTypeIsNotHandedOut() {
        byte[] bytes = SerializedForm.toBytes(new Refusal("over"));
        assertThatThrownBy(() -> SerializedForm.fromBytes(bytes, Pending.class)).isInstanceOf(ClassCastException.class);
    }

    @Test
    void valueThatCannotCrossIsNamed() {
        assertThatThrownBy(() -> SerializedForm.toBytes(new Object()))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(NotSerializableException.class);
    }
}
