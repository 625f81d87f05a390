package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that aren't valid: each is refused with its reason, from a stream and from a buffer alike. */
class SafeTensorsHeaderTest {
    private static final String TYPES = "[BOOL, U8, I8, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64]";

    /** In JSON, ' stands for a double quote. The data are always 8 bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[2,6]}} | overlap before the data of b (offset 2, expected 4)",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | gap before the data of b (offset 4, expected 2)",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | gap before the data of a (offset 4, expected 0)",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}} | offsets of a out of range ([-4, 0], expected 0 <= begin <= end)",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[8,4]}} | offsets of a out of range ([8, 4], expected 0 <= begin <= end)",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | end of data inside the data of a (8 bytes, expected 16)",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | bytes follow the last tensor (expected the end)",
                "{} | bytes follow the last tensor (expected the end)",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | offsets and shape of a differ (8 bytes, expected 12 for F32 [3])",
                "{'a':{'dtype':'F32','shape':[536870912],'data_offsets':[0,2147483648]}} | tensor a is too large (2147483648 bytes, expected at most 2147483639)",
                "{'a':{'dtype':'F32','shape':[9223372036854775807],'data_offsets':[0,8]}} | Invalid shape of a: [9223372036854775807] (must have less than 2^63 bytes)",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,8]}} | Invalid shape of a: [-1] (every size must be >= 0)",
                "{'a':{'dtype':'F4','shape':[16],'data_offsets':[0,8]}} | unknown a dtype (F4, expected one of " + TYPES
                        + ")",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'a':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}} | name a appears twice in the header",
                "{'a':{'dtype':'U8','dtype':'U8','shape':[8],'data_offsets':[0,8]}} | name a dtype appears twice in the header",
                "{'__metadata__':{'k':'1','k':'2'},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}} | name __metadata__ k appears twice in the header",
                "{'__metadata__':{},'__metadata__':{},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}} | name __metadata__ appears twice in the header",
                "{'__metadata__':{'k':1},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}} | bad JSON structure at __metadata__ k (number, expected string)",
                "{'a':{'dtype':'U8','shape':[8]}} | incomplete entry of a (expected dtype, shape and data_offsets)",
                "{'a':{'dtype':'U8','shape':[8],'data_offsets':[0]}} | bad length of a data_offsets (1, expected 2: begin and end)",
                "{'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8],'scale':2}} | unknown key scale of a (expected dtype, shape or data_offsets)",
                "{'a':{'dtype':'U8','shape':[8.0],'data_offsets':[0,8]}} | bad number in a shape (8.0, expected an integer)",
                "{'a':{'dtype':'U8','shape':['8'],'data_offsets':[0,8]}} | bad JSON structure at a shape (string, expected number)",
                "{'a':[]} | bad JSON structure at a (begin array, expected begin object)",
                "{'':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}} | empty tensor name in the header",
                "[] | header is no JSON object (expected \"{\" first)",
                "{} {} | header is no valid JSON"
            })
    void badHeadersAreRefused(String json, String why) {
        byte[] header = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertRefused(file(header.length, header, 8), why);
    }

    @Test
    void hugeHeaderIsRefusedBeforeItIsRead() {
        assertRefused(
                file(100_000_001, new byte[0], 0),
                "header length out of range (100000001 bytes, expected at most 100000000); is this a safetensors file?");
        assertRefused(
                file(-1, new byte[0], 0),
                "header length out of range (18446744073709551615 bytes, expected at most 100000000);"
                        + " is this a safetensors file?");
    }

    @Test
    void truncatedFilesAreRefused() {
        assertRefused(new byte[0], "end of data inside the header length (0 bytes, expected 8)");
        assertRefused(new byte[7], "end of data inside the header length (7 bytes, expected 8)");
        assertRefused(file(3, new byte[2], 0), "end of data inside the header (2 bytes, expected 3)");
    }

    @Test
    void everyPrefixOfAFileIsRefused() throws IOException {
        byte[] bytes = valid();
        for (int length = 0; length < bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(SafeTensorsException.class)
                    .isThrownBy(() -> SafeTensors.read(ByteBuffer.wrap(prefix)));
        }
    }

    @Test
    void headerThatIsNotUtf8IsRefused() {
        assertRefused(file(3, new byte[] {'{', (byte) 0xff, '}'}, 0), "header is no valid UTF-8");
    }

    /** Whatever the damage, a reader finds a valid file or says why not. */
    @Test
    void damagedBytesNeverEndInAnotherException() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = valid();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(SafeTensors.read(ByteBuffer.wrap(bytes))).isNotNull();
            } catch (SafeTensorsException e) {
                assertThat(e).hasMessageStartingWith("Cannot read safetensors: ");
            }
        }
    }

    private static byte[] valid() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoredTensor weight = StoredTensor.ofFloats("w", List.of(2L), FloatBuffer.wrap(new float[] {1, 2}));
        new SafeTensors(List.of(weight), Map.of("k", "v")).writeTo(out);
        return out.toByteArray();
    }

    private static byte[] file(long length, byte[] header, int dataBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putLong(length).put(header).array();
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatExceptionOfType(SafeTensorsException.class)
                .isThrownBy(() -> SafeTensors.read(new ByteArrayInputStream(bytes)))
                .withMessage("Cannot read safetensors: " + why);
        assertThatExceptionOfType(SafeTensorsException.class)
                .isThrownBy(() -> SafeTensors.read(ByteBuffer.wrap(bytes)))
                .withMessage("Cannot read safetensors: " + why);
    }
}
