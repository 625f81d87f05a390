package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final byte[] KEY = key(1);
    private static final byte[] OTHER_KEY = key(2);

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static Seal seal(boolean encrypts, byte[] own, byte[] peer) {
        return encrypts ? new EncryptionSeal(own, peer) : new ChecksumSeal();
    }

    private static ByteBuffer sealed(Seal seal, byte[] content) {
        ByteBuffer target =
                ByteBuffer.allocateDirect(content.length + seal.overhead()).order(ByteOrder.LITTLE_ENDIAN);
        seal.seal(ByteBuffer.allocateDirect(content.length).put(content).flip(), target);
        assertThat(target.hasRemaining()).isFalse();
        return target.flip();
    }

    private static byte[] opened(Seal seal, ByteBuffer sealed) throws Exception {
        ByteBuffer target = ByteBuffer.allocateDirect(sealed.remaining());
        seal.open(sealed, target);
        byte[] content = new byte[target.flip().remaining()];
        target.get(content);
        return content;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recordsOfAnySizeOpenInOrder(boolean encrypts) throws Exception {
        Seal own = seal(encrypts, KEY, OTHER_KEY);
        Seal peer = seal(encrypts, OTHER_KEY, KEY);
        Random random = new Random(3);
        for (int size : new int[] {1, 7, 8, 4096, 65_536, 1}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            assertThat(opened(peer, sealed(own, content))).isEqualTo(content);
            assertThat(opened(own, sealed(peer, content))).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyFlippedBitIsFound(boolean encrypts) {
        byte[] content = "the gradient of a row".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int bits = sealed(seal(encrypts, KEY, OTHER_KEY), content).remaining() * Byte.SIZE;
        for (int bit = 0; bit < bits; bit++) {
            ByteBuffer damaged = sealed(seal(encrypts, KEY, OTHER_KEY), content);
            damaged.put(bit / 8, (byte) (damaged.get(bit / 8) ^ 1 << bit % 8));
            assertThatThrownBy(() -> opened(seal(encrypts, OTHER_KEY, KEY), damaged))
                    .isInstanceOf(Wire.DamagedException.class)
                    .hasMessageStartingWith(
                            encrypts
                                    ? "sent a record that was damaged or forged on its way (21 bytes of AES-GCM)"
                                    : "sent a record that was damaged on its way (21 bytes, checksum ");
        }
    }

    @Test
    void recordThatIsRepeatedLeftOutOrReflectedDoesNotOpen() throws Exception {
        Seal own = new EncryptionSeal(KEY, OTHER_KEY);
        Seal peer = new EncryptionSeal(OTHER_KEY, KEY);
        ByteBuffer first = sealed(own, new byte[100]);
        ByteBuffer second = sealed(own, new byte[100]);
        assertThat(second).isNotEqualTo(first);
        assertThat(opened(peer, first.duplicate())).isEqualTo(new byte[100]);
        assertThatThrownBy(() -> opened(peer, first.duplicate())).isInstanceOf(Wire.DamagedException.class);
        assertThatThrownBy(() -> opened(new EncryptionSeal(OTHER_KEY, KEY), second.duplicate()))
                .isInstanceOf(Wire.DamagedException.class);
        assertThatThrownBy(() -> opened(new EncryptionSeal(KEY, OTHER_KEY), first.duplicate()))
                .isInstanceOf(Wire.DamagedException.class);
    }

    /** Test case 14 of "The Galois/Counter Mode of Operation" (McGrew, Viega): key, nonce and 16 bytes of zeros. */
    @Test
    void encryptionIsAesGcm() {
        byte[] content = new byte[16];
        ByteBuffer sealed = sealed(new EncryptionSeal(new byte[32], KEY), content);
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    }

    /** The check value of CRC-32C for "123456789" (Koopman's and RFC 3720's catalogue): e3069283. */
    @Test
    void checksumIsCrc32c() {
        ByteBuffer sealed =
                sealed(new ChecksumSeal(), "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(sealed.order(ByteOrder.LITTLE_ENDIAN).getInt(9)).isEqualTo(0xe3069283);
    }
}
