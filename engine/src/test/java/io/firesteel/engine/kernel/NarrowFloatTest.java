package io.firesteel.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class NarrowFloatTest {
    private static final int CODES = 1 << 16;
    private static final short FLOAT16_INFINITY = 0x7c00;
    private static final short FLOAT16_MAX = 0x7bff;
    private static final short BFLOAT16_INFINITY = 0x7f80;
    private static final short BFLOAT16_MAX = 0x7f7f;

    private static short[] allCodes() {
        short[] codes = new short[CODES];
        for (int i = 0; i < CODES; i++) {
            codes[i] = (short) i;
        }
        return codes;
    }

    private static float[] decoded(NarrowFloat type, short[] codes) {
        float[] values = new float[codes.length];
        type.decode(codes, values, codes.length);
        return values;
    }

    private static short encoded(NarrowFloat type, float value) {
        short[] code = new short[1];
        type.encode(new float[] {value}, code, 1);
        return code[0];
    }

    @ParameterizedTest
    @EnumSource
    void everyNumberComesBackAsItWas(NarrowFloat type) {
        float[] values = decoded(type, allCodes());
        short[] again = new short[CODES];
        type.encode(values, again, CODES);
        for (int i = 0; i < CODES; i++) {
            if (Float.isNaN(values[i])) {
                assertThat(decoded(type, again)[i]).isNaN();
            } else {
                assertThat(again[i]).as("code %04x", i).isEqualTo((short) i);
            }
        }
    }

    /** The hash is printed by facts/narrow_floats.py. */
    @Test
    void float16NumbersAreThoseOfNumPy() throws NoSuchAlgorithmException {
        ByteBuffer bytes = ByteBuffer.allocate(CODES * Float.BYTES);
        for (float value : decoded(NarrowFloat.FLOAT16, allCodes())) {
            bytes.putFloat(Float.isNaN(value) ? 0 : value);
        }
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("ec0b2490546acf09b355294c9f08ed2fa4496737e0cba8c2bb34b9b7f3a14e7f");
    }

    @Test
    void bfloat16NumbersAreUpperHalvesOfFloats() {
        float[] values = decoded(NarrowFloat.BFLOAT16, allCodes());
        for (int i = 0; i < CODES; i++) {
            assertThat(Float.floatToRawIntBits(values[i])).isEqualTo(i << 16);
        }
    }

    @Test
    void roundingIsThatOfNumPyAndPyTorchButNeverToInfinity() throws IOException {
        for (String line : facts()) {
            String[] bits = line.split(",", -1);
            float value = Float.intBitsToFloat(Integer.parseUnsignedInt(bits[0], 16));
            short half = (short) Integer.parseInt(bits[1], 16);
            short brain = (short) Integer.parseInt(bits[2], 16);
            assertRounds(NarrowFloat.FLOAT16, value, finite(value, half, FLOAT16_INFINITY, FLOAT16_MAX));
            assertRounds(NarrowFloat.BFLOAT16, value, finite(value, brain, BFLOAT16_INFINITY, BFLOAT16_MAX));
        }
    }

    private static void assertRounds(NarrowFloat type, float value, short expected) {
        short code = encoded(type, value);
        if (Float.isNaN(value)) {
            assertThat(decoded(type, new short[] {code})[0]).isNaN();
        } else {
            assertThat(code).as("%s of %s", type, value).isEqualTo(expected);
        }
    }

    /** Where the reference overflows, we keep the largest number. */
    private static short finite(float value, short code, short infinity, short largest) {
        boolean overflows = Float.isFinite(value) && (code & 0x7fff) == infinity;
        return overflows ? (short) ((code & 0x8000) | largest) : code;
    }

    private static List<String> facts() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                NarrowFloatTest.class.getResourceAsStream("/facts/narrow-floats.csv"), StandardCharsets.US_ASCII))) {
            List<String> lines = reader.lines().toList();
            assertThat(lines).hasSizeGreaterThan(2000);
            return lines;
        }
    }
}
