package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The state as a value, as a map, and as bytes. */
class StateDictTest {
    private static StateDict all() {
        return StateDict.builder(3)
                .put("count", -5)
                .put("best", 0.1)
                .put("nan", Double.NaN)
                .put("improved", true)
                .put("file", "größe.bin")
                .put("steps", new long[] {1, Long.MIN_VALUE})
                .put("scores", new double[] {-0.0, Double.POSITIVE_INFINITY})
                .put("average", new float[] {1.5f, Float.MIN_VALUE})
                .put("empty", new float[0])
                .build();
    }

    @Test
    void valuesAreReadAsTheyWerePut() {
        StateDict state = all();

        assertThat(state.version()).isEqualTo(3);
        assertThat(state.names())
                .containsExactly("count", "best", "nan", "improved", "file", "steps", "scores", "average", "empty");
        assertThat(state.longValue("count")).isEqualTo(-5);
        assertThat(state.doubleValue("best")).isEqualTo(0.1);
        assertThat(state.doubleValue("nan")).isNaN();
        assertThat(state.booleanValue("improved")).isTrue();
        assertThat(state.string("file")).isEqualTo("größe.bin");
        assertThat(state.longs("steps")).containsExactly(1, Long.MIN_VALUE);
        assertThat(state.doubles("scores")).containsExactly(-0.0, Double.POSITIVE_INFINITY);
        assertThat(state.floats("average")).containsExactly(1.5f, Float.MIN_VALUE);
        assertThat(state.floats("empty")).isEmpty();
    }

    @Test
    void bytesAndMapsKeepEverything() {
        assertThat(StateDict.fromBytes(all().toBytes())).isEqualTo(all()).hasSameHashCodeAs(all());
        assertThat(StateDict.fromBytes(all().toBytes()).names()).containsExactlyElementsOf(all().names());
        assertThat(StateDict.of(3, all().toMap())).isEqualTo(all()).hasToString(all().toString());
        StateDict nothing = StateDict.builder(1).build();
        assertThat(StateDict.fromBytes(nothing.toBytes())).isEqualTo(nothing).isNotEqualTo(all());
    }

    @Test
    void statesThatDifferInOneThingAreNotEqual() {
        StateDict one = StateDict.builder(1).put("x", new double[] {1}).build();

        assertThat(one)
                .isNotEqualTo(StateDict.builder(2).put("x", new double[] {1}).build())
                .isNotEqualTo(StateDict.builder(1).put("x", new double[] {2}).build())
                .isNotEqualTo(StateDict.builder(1).put("x", new float[] {1}).build())
                .isNotEqualTo(StateDict.builder(1).put("y", new double[] {1}).build());
    }

    @Test
    void nobodyChangesAStateFromOutside() {
        long[] steps = {1, 2};
        StateDict.Builder builder = StateDict.builder(1).put("steps", steps);
        StateDict state = builder.build();

        steps[0] = 9;
        builder.put("later", 1);
        state.longs("steps")[1] = 9;
        ((long[]) state.toMap().get("steps"))[1] = 9;

        assertThat(state).isEqualTo(StateDict.of(1, Map.of("steps", new long[] {1, 2})));
    }

    @Test
    void aPlainMapMayHaveSmallerNumbers() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("int", 3);
        map.put("short", (short) 4);
        map.put("float", 0.5f);

        StateDict state = StateDict.of(1, map);

        assertThat(state.longValue("int")).isEqualTo(3);
        assertThat(state.longValue("short")).isEqualTo(4);
        assertThat(state.doubleValue("float")).isEqualTo(0.5);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(() -> StateDict.builder(0), "Invalid version: 0 (must be >= 1)"),
                refused(() -> StateDict.builder(1).put(" ", 1), "Invalid name:   (must not be blank)"),
                refused(
                        () -> StateDict.builder(1).put("x", (String) null),
                        "Invalid x: null (must be a long, double, boolean, String, long[], double[] or float[])"),
                refused(
                        () -> StateDict.of(1, Map.of("x", new int[1])),
                        "Invalid x: [I (must be a long, double, boolean, String, long[], double[] or float[])"),
                refused(
                        () -> StateDict.builder(1).put("x", 1).put("x", 2),
                        "Cannot put x into the state: it has one already (expected each name once)"),
                refused(() -> all().require(1, "count"), "Cannot read the state: its version is 3 (expected 1)"),
                refused(
                        () -> StateDict.builder(1)
                                .put("count", 1)
                                .put("more", 1)
                                .build()
                                .require(1, "count", "best"),
                        "Cannot read the state: it has [count, more] (expected [best, count])"),
                refused(
                        () -> StateDict.builder(1).put("count", 1).build().longValue("best"),
                        "Cannot read best of the state: there is none (it has [count])"),
                refused(
                        () -> all().doubleValue("count"),
                        "Cannot read count of the state: it is a Long (expected a Double)"),
                refused(
                        () -> all().floats("scores"),
                        "Cannot read scores of the state: it is a double[] (expected a float[])"));
    }

    private static Arguments refused(Runnable use, String message) {
        return Arguments.of(use, message);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeIsRefused(Runnable use, String message) {
        assertThatThrownBy(use::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void requiredNamesMayComeInAnyOrder() {
        StateDict state = StateDict.builder(1).put("b", 1).put("a", 2).build();

        assertThat(state.require(1, "a", "b")).isSameAs(state);
    }

    static Stream<Arguments> unreadable() {
        byte[] good = StateDict.builder(1).put("x", 1).build().toBytes();
        byte[] flipped = good.clone();
        flipped[9] ^= 1;
        byte[] newer = good.clone();
        newer[4] = 2;
        return Stream.of(
                Arguments.of(new byte[3], "3 bytes that don't begin like one"),
                Arguments.of(new byte[40], "40 bytes that don't begin like one"),
                Arguments.of(newer, "its format is 2 (expected 1)"),
                Arguments.of(flipped, "its checksum is wrong"),
                Arguments.of(Arrays.copyOf(good, good.length - 1), "its checksum is wrong"),
                Arguments.of(
                        sealed("4653535401" + "00000001" + "00000001"), "it ends early (0 bytes left, expected 4)"),
                Arguments.of(
                        sealed("4653535401" + "00000001" + "00000001" + "7fffffff" + "78"),
                        "it ends early (1 bytes left, expected 2147483647)"),
                Arguments.of(
                        sealed("4653535401" + "00000001" + "00000001" + "ffffffff" + "78"),
                        "it ends early (1 bytes left, expected -1)"),
                Arguments.of(
                        sealed("4653535401" + "00000001" + "00000001" + "00000001" + "78" + "7a"),
                        "it has a value of type 122"),
                Arguments.of(
                        sealed("4653535401" + "00000001" + "00000001" + "00000001" + "ff" + "62" + "01"),
                        "a string isn't UTF-8"),
                Arguments.of(sealed("4653535401" + "00000001" + "00000000" + "00"), "1 bytes follow its values"));
    }

    private static byte[] sealed(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return HexFormat.of().parseHex(hex + String.format("%08x", checksum.getValue()));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void damagedBytesAreRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> StateDict.fromBytes(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read the bytes of a state: " + why);
    }

    @Test
    void randomDamageIsAlwaysRefused() {
        Random random = new Random(7);
        byte[] good = all().toBytes();
        for (int i = 0; i < 5_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            if (bad.length == good.length) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThatThrownBy(() -> StateDict.fromBytes(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theBytesOfVersion1StayReadable() throws IOException {
        try (InputStream golden = StateDictTest.class.getResourceAsStream("/golden/event/state-v1.hex")) {
            byte[] bytes =
                    HexFormat.of().parseHex(new String(golden.readAllBytes(), StandardCharsets.US_ASCII).strip());

            assertThat(StateDict.fromBytes(bytes)).isEqualTo(all());
            assertThat(all().toBytes()).isEqualTo(bytes);
        }
    }
}
