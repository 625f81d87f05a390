package io.firesteel.spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.config.FeatureColumns;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.ingest.ColumnGroup.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.junit.jupiter.api.Test;

class FeatureBindingTest {
    @Test
    void patternsBecomeTheNamesThatTheyMatched() {
        Dataset<Row> rows = Tables.table("p1 int, p0 int, y int, q double", Tables.row(1, 2, 0, 1.0));
        JobConfig job = Tables.job("{columns: [\"p*\"], scale: 0.5}");

        List<FeatureConfig> named = RowBinding.of(job, Tables.columns(rows)).named(job);

        assertThat(named)
                .containsExactly(new FeatureConfig(
                        "input0",
                        new FeatureColumns.Scalars(List.of("p1", "p0")),
                        Optional.of(List.of(2)),
                        ElementType.FLOAT32,
                        0.5,
                        0));
    }

    @Test
    void oneColumnOfManyValuesIsNamedAsSuch() {
        Dataset<Row> rows = Tables.table("x array<float>, y int");
        JobConfig job = Tables.job("{columns: [\"x*\"], shape: [2]}");
        assertThat(RowBinding.of(job, Tables.columns(rows)).named(job))
                .extracting(FeatureConfig::columns)
                .containsExactly(new FeatureColumns.Whole("x"));
    }

    /** Spark's arrays in one block against arrays of objects, which are decoded value by value. */
    @Test
    void blocksAreDecodedAsValuesAre() {
        Random random = new Random(5);
        for (double scale : new double[] {1, 0.37}) {
            for (int elements : new int[] {1, 2, 63, 64, 65, 784}) {
                float[] values = new float[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
                }
                GroupDecoder decoder = decoder(elements, scale);
                assertThat(decoded(decoder, UnsafeArrayData.fromPrimitiveArray(values)))
                        .isEqualTo(decoded(decoder, ArrayData.toArrayData(values)));
            }
        }
    }

    private static GroupDecoder decoder(int elements, double scale) {
        TensorSpec tensor = new TensorSpec("x", ElementType.FLOAT32, List.of(elements));
        return new GroupDecoder("rows", new ColumnGroup(tensor, List.of("x"), Encoding.FLOATS, scale, 0), "%s");
    }

    private static ByteBuffer decoded(GroupDecoder decoder, ArrayData values) {
        ByteBuffer target =
                ByteBuffer.allocate(16 + values.numElements() * Float.BYTES).order(ByteOrder.nativeOrder());
        decoder.decode(new GenericInternalRow(new Object[] {values}), 0, target, 8);
        return target;
    }
}
