package io.firesteel.spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.ingest.ColumnGroup.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowDecoderTest {
    private static final long HASH = 0x1234_5678_9abc_def0L;
    private static final ColumnGroup PIXELS = group(ElementType.FLOAT32, List.of(2), Encoding.FLOATS, "p0", "p1");
    private static final ColumnGroup CLASS = label(ElementType.INT64, Encoding.LONGS, List.of(), "y");
    private static final LabelRange THREE_CLASSES = LabelRange.of(LossFunction.CROSS_ENTROPY, 3);

    @Test
    void valuesAreScaledThenShifted() {
        ColumnGroup scaled = new ColumnGroup(PIXELS.tensor(), PIXELS.columns(), Encoding.FLOATS, 0.5, -1);
        RowDecoder decoder = decoder(scaled, CLASS, false);
        ByteBuffer record = decode(decoder, floats(4, -2), longs(2));
        assertThat(record.getFloat(decoder.layout().inputOffset(0))).isEqualTo(1f);
        assertThat(record.getFloat(decoder.layout().inputOffset(0) + 4)).isEqualTo(-2f);
        assertThat(record.getLong(decoder.layout().labelOffset())).isEqualTo(2);
        assertThat(record.getLong(decoder.layout().hashOffset())).isEqualTo(HASH);
    }

    @Test
    void bytesAreUnsigned() {
        ColumnGroup image = new ColumnGroup(PIXELS.tensor(), List.of("image"), Encoding.BYTES, 1 / 255.0, 0);
        ByteBuffer record = decode(decoder(image, CLASS, false), new byte[] {(byte) 255, 51}, longs(0));
        assertThat(record.getFloat(0)).isEqualTo(1f);
        assertThat(record.getFloat(4)).isEqualTo(0.2f);
    }

    /** Spark's own rows are read where they lie, behind other columns and in one object after another. */
    @Test
    void bytesOfUnsafeRowsAreThoseOfTheColumn() {
        ColumnGroup image = new ColumnGroup(
                new TensorSpec("x", ElementType.FLOAT32, List.of(13)), List.of("image"), Encoding.BYTES, 0.3, -7);
        GroupDecoder decoder = new GroupDecoder("rows.csv", image, "");
        UnsafeProjection projection = UnsafeProjection.create(
                new DataType[] {DataTypes.StringType, DataTypes.BinaryType, DataTypes.BinaryType});
        ByteBuffer target = ByteBuffer.allocateDirect(3 * 13 * Float.BYTES).order(ByteOrder.nativeOrder());
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] pixels = new byte[13];
            random.nextBytes(pixels);
            UTF8String before = UTF8String.fromString("x".repeat(random.nextInt(20)));
            decoder.decode(projection.apply(columns(before, pixels, new byte[] {1})), 1, target, 13 * Float.BYTES);
            for (int i = 0; i < pixels.length; i++) {
                assertThat(target.getFloat((13 + i) * Float.BYTES)).isEqualTo((float) ((pixels[i] & 0xff) * 0.3 - 7));
            }
        }
        InternalRow other = projection.apply(columns(null, new byte[12], null));
        assertThatThrownBy(() -> decoder.decode(other, 1, target, 0))
                .hasMessage("Cannot use rows.csv: column image has 12 values in a row (expected 13, shape [13])");
        InternalRow none = projection.apply(columns(null, null, null));
        assertThatThrownBy(() -> decoder.decode(none, 1, target, 0))
                .hasMessageStartingWith("Cannot use rows.csv: column image is null in a row");
    }

    @Test
    void wholeNumbersKeepAllTheirBits() {
        ColumnGroup ids = group(ElementType.INT64, List.of(1), Encoding.LONGS, "id");
        ByteBuffer record = decode(decoder(ids, CLASS, false), longs(Long.MAX_VALUE), longs(0));
        assertThat(record.getLong(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void wholeNumberWrittenAsAFractionIsAClass() {
        ColumnGroup label = label(ElementType.INT64, Encoding.DOUBLES, List.of(), "y");
        RowDecoder decoder = decoder(PIXELS, label, false);
        ByteBuffer record = decode(decoder, floats(0, 0), doubles(2.0));
        assertThat(record.getLong(decoder.layout().labelOffset())).isEqualTo(2);
    }

    @Test
    void severalLabelColumnsAreInOrder() {
        ColumnGroup targets = label(ElementType.FLOAT32, Encoding.FLOATS, List.of(2), "height", "width");
        RowDecoder decoder = new RowDecoder(
                "rows.csv",
                List.of(PIXELS),
                targets,
                LabelRange.of(LossFunction.MSE, 2),
                new RowLayout(List.of(PIXELS.tensor()), targets.tensor(), false),
                null);
        ByteBuffer record = decode(decoder, floats(0, 0), floats(3, 4));
        assertThat(record.getFloat(decoder.layout().labelOffset())).isEqualTo(3f);
        assertThat(record.getFloat(decoder.layout().labelOffset() + 4)).isEqualTo(4f);
        refuses(
                decoder,
                "Cannot use rows.csv: column width is Infinity in a row (expected a finite number)",
                floats(0, 0),
                floats(1, Float.POSITIVE_INFINITY));
    }

    @Test
    void weightMayBeZero() {
        RowDecoder decoder = decoder(PIXELS, CLASS, true);
        assertThat(decode(decoder, floats(0, 0), longs(0), 0f)
                        .getFloat(decoder.layout().weightOffset()))
                .isZero();
    }

    @Test
    void nullNamesItsColumn() {
        refuses(
                decoder(PIXELS, CLASS, false),
                "Cannot use rows.csv: column p1 is null in a row (expected a number; leave such rows out with data.where:"
                        + " \"p1 IS NOT NULL\", or fill them before)",
                new GenericArrayData(new Object[] {1f, null}),
                longs(0));
    }

    @Test
    void nullColumnOfManyValuesNamesItself() {
        ColumnGroup array = group(ElementType.FLOAT32, List.of(2), Encoding.FLOATS, "pixels");
        refuses(
                decoder(array, CLASS, false),
                "Cannot use rows.csv: column pixels is null in a row (expected a number; leave such rows out with"
                        + " data.where: \"pixels IS NOT NULL\", or fill them before)",
                null,
                longs(0));
    }

    @Test
    void nullLabelNamesItsColumn() {
        refuses(
                decoder(PIXELS, CLASS, false),
                "Cannot use rows.csv: column y is null in a row (expected a number; leave such rows out with data.where:"
                        + " \"y IS NOT NULL\", or fill them before)",
                floats(0, 0),
                new GenericArrayData(new Object[] {null}));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void featureThatIsNotFiniteIsRefused(float value) {
        refuses(
                decoder(PIXELS, CLASS, false),
                "Cannot use rows.csv: column p0 is " + value + " in a row (expected a finite number)",
                floats(value, 0),
                longs(0));
    }

    @Test
    void valueThatScalingMakesInfiniteIsRefused() {
        ColumnGroup scaled = new ColumnGroup(PIXELS.tensor(), PIXELS.columns(), Encoding.FLOATS, 1e10, 0);
        refuses(
                decoder(scaled, CLASS, false),
                "Cannot use rows.csv: column p1 is 1.0000000150474662E30 in a row (expected a number that is finite as float32 after"
                        + " scale 1.0E10 and offset 0.0)",
                floats(0, 1e30f),
                longs(0));
    }

    @Test
    void fractionalClassIsRefused() {
        ColumnGroup label = label(ElementType.INT64, Encoding.DOUBLES, List.of(), "y");
        refuses(
                decoder(PIXELS, label, false),
                "Cannot use rows.csv: column y is 1.5 in a row (expected a whole number)",
                floats(0, 0),
                doubles(1.5));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE})
    void classOutOfRangeIsRefused(long label) {
        refuses(
                decoder(PIXELS, CLASS, false),
                "Cannot use rows.csv: column y is " + label
                        + " in a row (expected a class from 0 to 2: the model has 3 outputs)",
                floats(0, 0),
                longs(label));
    }

    @Test
    void probabilityOutOfRangeIsRefused() {
        ColumnGroup target = label(ElementType.FLOAT32, Encoding.FLOATS, List.of(), "y");
        RowDecoder decoder = new RowDecoder(
                "rows.csv",
                List.of(PIXELS),
                target,
                LabelRange.of(LossFunction.BINARY_CROSS_ENTROPY, 1),
                new RowLayout(List.of(PIXELS.tensor()), target.tensor(), false),
                null);
        refuses(
                decoder,
                "Cannot use rows.csv: column y is 2 in a row (expected from 0 to 1 for binaryCrossEntropy)",
                floats(0, 0),
                floats(2));
        assertThat(decode(decoder, floats(0, 0), floats(0.25f))
                        .getFloat(decoder.layout().labelOffset()))
                .isEqualTo(0.25f);
    }

    @Test
    void arrayOfAnotherLengthIsRefused() {
        ColumnGroup array = group(ElementType.FLOAT32, List.of(1, 2), Encoding.FLOATS, "pixels");
        refuses(
                decoder(array, CLASS, false),
                "Cannot use rows.csv: column pixels has 3 values in a row (expected 2, shape [1, 2])",
                floats(1, 2, 3),
                longs(0));
        ColumnGroup image = group(ElementType.FLOAT32, List.of(2), Encoding.BYTES, "image");
        refuses(
                decoder(image, CLASS, false),
                "Cannot use rows.csv: column image has 0 values in a row (expected 2, shape [2])",
                new byte[0],
                longs(0));
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.5f, Float.NaN, Float.POSITIVE_INFINITY})
    void weightThatIsNegativeOrNotFiniteIsRefused(float weight) {
        refuses(
                decoder(PIXELS, CLASS, true),
                "Cannot use rows.csv: column w is " + weight + " in a row (expected a finite number >= 0)",
                floats(0, 0),
                longs(0),
                weight);
    }

    @Test
    void nullWeightIsRefused() {
        refuses(
                decoder(PIXELS, CLASS, true),
                "Cannot use rows.csv: column w is null in a row (expected a number; leave such rows out with data.where:"
                        + " \"w IS NOT NULL\", or fill them before)",
                floats(0, 0),
                longs(0),
                null);
    }

    private static RowDecoder decoder(ColumnGroup feature, ColumnGroup label, boolean weighted) {
        return new RowBinding(
                        List.of(feature), label, weighted ? java.util.Optional.of("w") : java.util.Optional.empty())
                .decoder("rows.csv", THREE_CLASSES);
    }

    private static ColumnGroup group(ElementType type, List<Integer> shape, Encoding encoding, String... columns) {
        return new ColumnGroup(new TensorSpec("input0", type, shape), List.of(columns), encoding, 1, 0);
    }

    private static ColumnGroup label(ElementType type, Encoding encoding, List<Integer> shape, String... columns) {
        return new ColumnGroup(new TensorSpec("label", type, shape), List.of(columns), encoding, 1, 0);
    }

    private static ByteBuffer decode(RowDecoder decoder, Object... values) {
        ByteBuffer record = ByteBuffer.allocate(decoder.layout().bytes()).order(ByteOrder.nativeOrder());
        decoder.decode(row(values), record);
        return record;
    }

    private static InternalRow columns(Object... values) {
        return new GenericInternalRow(values);
    }

    private static void refuses(RowDecoder decoder, String message, Object... values) {
        assertThatThrownBy(() -> decode(decoder, values))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    private static InternalRow row(Object... values) {
        Object[] all = new Object[RowSchema.FEATURES + values.length];
        all[RowSchema.SPLIT] = 0;
        all[RowSchema.SHARD] = 0;
        all[RowSchema.HASH] = HASH;
        all[RowSchema.TIE_BREAK] = 0L;
        System.arraycopy(values, 0, all, RowSchema.FEATURES, values.length);
        return new GenericInternalRow(all);
    }

    private static ArrayData floats(float... values) {
        return ArrayData.toArrayData(values);
    }

    private static ArrayData doubles(double... values) {
        return ArrayData.toArrayData(values);
    }

    private static ArrayData longs(long... values) {
        return ArrayData.toArrayData(values);
    }
}
