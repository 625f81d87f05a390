package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final int CAPACITY = 4096;

    private final ByteBuffer control =
            ByteBuffer.allocateDirect(Ring.CONTROL_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer data = ByteBuffer.allocateDirect(CAPACITY);
    private final Ring in = new Ring(control.duplicate(), data.duplicate());
    private final Ring out = new Ring(control.duplicate(), data.duplicate());

    @Test
    void whatIsPutIsTakenInOrderHoweverItIsCut() throws Exception {
        Random random = new Random(11);
        int put = 0;
        int taken = 0;
        while (taken < 200_000) {
            put += put(random.nextInt(CAPACITY / 2), put);
            taken += take(random.nextInt(CAPACITY / 2), taken);
            assertThat(put - taken).isBetween(0, CAPACITY);
        }
    }

    private int put(int most, int first) throws Exception {
        ByteBuffer room = out.room();
        int count = Math.min(most, room.remaining());
        for (int i = 0; i < count; i++) {
            room.put((byte) ((first + i) * 31));
        }
        assertThat(out.commit()).isEqualTo(count);
        return count;
    }

    private int take(int most, int first) throws Exception {
        in.look();
        ByteBuffer received = in.received();
        int count = Math.min(most, received.remaining());
        for (int i = 0; i < count; i++) {
            assertThat(received.get()).isEqualTo((byte) ((first + i) * 31));
        }
        assertThat(in.release()).isEqualTo(count);
        return count;
    }

    @Test
    void nothingIsSeenBeforeItIsCommitted() throws Exception {
        out.room().putLong(5);
        assertThat(in.look()).isZero();
        assertThat(in.hasMore()).isFalse();
        assertThat(out.commit()).isEqualTo(8);
        assertThat(in.hasMore()).isTrue();
        assertThat(in.look()).isEqualTo(8);
        assertThat(in.received().order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(5);
    }

    @Test
    void fullRingHasNoRoomUntilSomethingIsTaken() throws Exception {
        while (out.room().hasRemaining()) {
            out.room().put((byte) 1);
            out.commit();
        }
        assertThat(out.hasRoom()).isFalse();
        assertThat(in.look()).isEqualTo(CAPACITY);
        in.received().get();
        assertThat(out.hasRoom()).isFalse();
        assertThat(in.release()).isEqualTo(1);
        assertThat(out.hasRoom()).isTrue();
        assertThat(out.room().remaining()).isEqualTo(1);
    }

    /** A put in the middle of the ring, of which the half is taken. */
    private void putAndTake() throws Exception {
        put(1000, 0);
        take(500, 0);
    }

    @Test
    void cursorThatWasChangedInAnyBitIsDamage() throws Exception {
        putAndTake();
        out.room();
        for (int cursor : new int[] {0, 128}) {
            for (int bit = 0; bit < Long.SIZE; bit++) {
                long right = control.getLong(cursor);
                control.putLong(cursor, right ^ 1L << bit);
                assertThatThrownBy(cursor == 0 ? in::look : new Ring(control.duplicate(), data.duplicate())::room)
                        .isInstanceOf(Wire.DamagedException.class)
                        .hasMessageStartingWith("wrote nonsense into the shared memory (");
                control.putLong(cursor, right);
            }
        }
    }

    @Test
    void cursorThatGoesBackIsDamage() throws Exception {
        putAndTake();
        long putBefore = control.getLong(0);
        long takenBefore = control.getLong(128);
        out.room();
        put(100, 1000);
        take(100, 500);
        out.room();
        control.putLong(0, putBefore);
        control.putLong(128, takenBefore);
        assertThatThrownBy(in::look)
                .isInstanceOf(Wire.DamagedException.class)
                .hasMessage("wrote nonsense into the shared memory (byte 1000 after byte 1100)");
        assertThatThrownBy(out::room)
                .isInstanceOf(Wire.DamagedException.class)
                .hasMessage("wrote nonsense into the shared memory (byte 500 after byte 600)");
    }

    @Test
    void moreBytesThanTheRingHasAreDamage() throws Exception {
        Ring larger = new Ring(control.duplicate(), ByteBuffer.allocateDirect(2 * CAPACITY));
        larger.room().position(CAPACITY + 8);
        larger.commit();
        assertThatThrownBy(in::look)
                .isInstanceOf(Wire.DamagedException.class)
                .hasMessage("wrote nonsense into the shared memory (4104 bytes in a ring of 4096)");
    }
}
