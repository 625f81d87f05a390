package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.BatchIterator;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RowsTest {
    @TempDir
    Path temp;

    @Test
    void rowsOfArraysComeInTheirOrder() {
        Rows rows = Rows.of(new float[][] {{1, 2, 3}, {4, 5, 6}}, new long[] {7, 8});

        assertThat(rows.rows()).isEqualTo(2);
        assertThat(features(rows.inOrder(5))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(classes(rows.inOrder(5))).containsExactly(7, 8);
        assertThat(rows).hasToString("2 rows of [3] features");
    }

    @Test
    void targetsKeepTheirShape() {
        Rows one = Rows.of(new float[][] {{1}, {2}}, new float[][] {{0.5f}, {1.5f}});
        Rows two = Rows.of(new float[][] {{1}, {2}}, new float[][] {{3, 4}, {5, 6}});

        assertThat(one.layout().label().shape()).isEmpty();
        assertThat(two.layout().label().shape()).containsExactly(2);
        assertThat(targets(two.inOrder(1))).containsExactly(3, 4, 5, 6);
    }

    @Test
    void csvGivesLabelAndFeaturesInTheOrderOfTheFile() throws IOException {
        Path file = write("a, label ,b\n1,0,-2.5\n\n3e2, 1 ,4\n");

        Rows rows = Rows.ofCsv(file, "label");

        assertThat(features(rows.inOrder(8))).containsExactly(1, -2.5f, 300, 4);
        assertThat(classes(rows.inOrder(8))).containsExactly(0, 1);
    }

    @Test
    void csvGivesNumbersToPredict() throws IOException {
        Rows rows = Rows.ofCsv(write("a,y\n1,0.25\n2,-3\n"), "y", ElementType.FLOAT32);

        assertThat(targets(rows.inOrder(8))).containsExactly(0.25f, -3);
    }

    @Test
    void compressedCsvIsTheSame() throws IOException {
        Path file = temp.resolve("rows.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,label\n1,0\n2,1\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(features(Rows.ofCsv(file, "label").inOrder(8))).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|it is empty (expected a line with the names of the columns)",
                "a,b|there is no column label (expected one of [a, b])",
                "label|there is no column beside label (expected at least one feature)",
                "a,label;1,0;2|line 3 has 1 fields (expected 2)",
                "a,label;1,0;x,1|a in line 3 is 'x' (expected a finite number)",
                "a,label;NaN,1|a in line 2 is 'NaN' (expected a finite number)",
                "a,label;1,|label in line 2 is '' (expected a whole number, the class of the row)",
                "a,label;1,0.5|label in line 2 is '0.5' (expected a whole number, the class of the row)",
            })
    void csvThatIsWrongIsNamedByItsPlace(String content, String why) throws IOException {
        Path file = write(content.replace(';', '\n'));

        assertThatThrownBy(() -> Rows.ofCsv(file, "label"))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read rows of " + file + ": " + why);
    }

    @Test
    void missingCsvIsNamed() {
        assertThatThrownBy(() -> Rows.ofCsv(Path.of("no-such.csv"), "label"))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read rows of no-such.csv: there is no such file (the working directory is "
                        + Path.of("").toAbsolutePath() + ")");
    }

    @Test
    void csvThatIsNotCompressedAsItsNameSaysIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("plain.csv.gz"), "a,label\n1,0\n");

        assertThatThrownBy(() -> Rows.ofCsv(file, "label"))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read rows of " + file + ": Not in GZIP format");
    }

    @Test
    void arraysOfUnequalShapesAreRefused() {
        assertThatThrownBy(() -> Rows.of(new float[][] {{1}, {2}}, new long[] {0}))
                .hasMessage("Cannot create rows: there are 2 of features and 1 of the other"
                        + " (expected the same number, at least 1)");
        assertThatThrownBy(() -> Rows.of(new float[][] {{1, 2}, {3}}, new long[] {0, 1}))
                .hasMessage("Cannot create rows: features of row 1 are 1 numbers (expected 2 in every row)");
        assertThatThrownBy(() -> Rows.of(new float[][] {{}}, new long[] {0}))
                .hasMessage("Cannot create rows: features of row 0 are 0 numbers (expected 1 in every row)");
        assertThatThrownBy(() -> Rows.of(new float[0][], new long[0]))
                .hasMessage("Cannot create rows: there are 0 of features and 0 of the other"
                        + " (expected the same number, at least 1)");
    }

    @Test
    void scalingChangesFeaturesAlone() {
        Rows rows = Rows.of(new float[][] {{1, 2, 3}, {4, 5, 6}}, new long[] {7, 8});

        Rows scaled = rows.scaled(0.5);

        assertThat(features(scaled.inOrder(2))).containsExactly(0.5f, 1, 1.5f, 2, 2.5f, 3);
        assertThat(classes(scaled.inOrder(2))).containsExactly(7, 8);
        assertThat(scaled.store().ledger()).isEqualTo(rows.store().ledger());
        assertThat(features(rows.inOrder(2))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> rows.scaled(Double.NaN)).hasMessage("Invalid factor: NaN (must be finite)");
    }

    @Test
    void shapingChangesTheShapeAlone() {
        Rows rows = Rows.of(new float[][] {{1, 2, 3, 4, 5, 6}}, new long[] {7});

        Rows shaped = rows.shaped(1, 2, 3);

        assertThat(shaped.layout().inputs().get(0).shape()).containsExactly(1, 2, 3);
        assertThat(features(shaped.inOrder(1))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> rows.shaped(2, 2))
                .hasMessage("Cannot shape features as [2, 2]: that are 4 numbers (expected 6, as a row has)");
    }

    @Test
    void splitGivesEachRowToOnePart() {
        Rows rows = numbered(10_000);

        Rows.Split split = rows.split(0.2);

        float[] training = features(split.training().inOrder(500));
        float[] validation = features(split.validation().inOrder(500));
        assertThat(training.length + validation.length).isEqualTo(10_000);
        assertThat(Ledger.EMPTY
                        .merge(split.training().store().ledger())
                        .merge(split.validation().store().ledger()))
                .isEqualTo(rows.store().ledger());
        // Five standard deviations of a binomial distribution.
        assertThat(validation.length).isBetween(2000 - 200, 2000 + 200);
    }

    @Test
    void rowsStayInTheirPartWhenOthersComeAndWhenTheyAreScaled() {
        Set<Float> few = numbers(numbered(100).split(0.3).validation());
        Set<Float> many = numbers(numbered(1000).split(0.3).validation());
        Set<Float> scaled =
                numbers(numbered(100).scaled(2).split(0.3).validation().scaled(0.5));

        assertThat(many).containsAll(few);
        assertThat(many.stream().filter(number -> number < 100)).hasSameSizeAs(few);
        assertThat(scaled).isEqualTo(few);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
    void fractionsThatLeaveNothingAreRefused(double fraction) {
        assertThatThrownBy(() -> numbered(3).split(fraction))
                .hasMessage("Invalid validation fraction: " + fraction + " (must be > 0 and < 1)");
    }

    @Test
    void shuffledBatchesHaveEveryRowOnceInAnotherOrderEachPass() {
        BatchSource<StepBatch> batches = numbered(103).shuffled(10, 1);

        float[] first = features(batches, 1);
        float[] second = features(batches, 2);

        assertThat(batches.length()).hasValue(11);
        assertThat(first).isNotEqualTo(second).hasSize(103);
        assertThat(features(batches, 1)).isEqualTo(first);
        assertThat(features(numbered(103).shuffled(10, 2), 1)).isNotEqualTo(first);
        Arrays.sort(first);
        assertThat(first).isEqualTo(features(numbered(103).inOrder(7)));
    }

    @Test
    void batchesOfNoRowsAreRefusedForTraining() {
        Rows none = numbered(1).split(0.5).validation().rows() == 0
                ? numbered(1).split(0.5).validation()
                : numbered(1).split(0.5).training();

        assertThat(none.rows()).isZero();
        assertThat(none.inOrder(4).length()).hasValue(0);
        assertThatThrownBy(() -> none.shuffled(4, 1)).hasMessageStartingWith("Cannot plan batches: there are no rows");
    }

    @Test
    void manyRowsOfRandomWidthsComeBack() {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            float[][] features = new float[1 + random.nextInt(50)][1 + random.nextInt(9)];
            for (float[] row : features) {
                for (int at = 0; at < row.length; at++) {
                    row[at] = random.nextFloat();
                }
            }
            Rows rows = Rows.of(features, new long[features.length]);
            assertThat(features(rows.inOrder(1 + random.nextInt(60)))).isEqualTo(flat(features));
        }
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
        }
        return flat;
    }

    /** Rows whose only feature is their number. */
    private static Rows numbered(int count) {
        float[][] features = new float[count][1];
        for (int row = 0; row < count; row++) {
            features[row][0] = row;
        }
        return Rows.of(features, new long[count]);
    }

    private static Set<Float> numbers(Rows rows) {
        Set<Float> numbers = new HashSet<>();
        for (float number : features(rows.inOrder(64))) {
            numbers.add(number);
        }
        return numbers;
    }

    private static float[] features(BatchSource<StepBatch> batches) {
        return features(batches, 1);
    }

    private static float[] features(BatchSource<StepBatch> batches, int epoch) {
        return floats(batches, epoch, batch -> batch.input(0).asFloatBuffer());
    }

    private static float[] targets(BatchSource<StepBatch> batches) {
        return floats(batches, 1, Batch::floatLabels);
    }

    private static float[] floats(BatchSource<StepBatch> batches, int epoch, Function<Batch, FloatBuffer> column) {
        FloatBuffer values = FloatBuffer.allocate(20_000);
        try (BatchIterator<StepBatch> steps = batches.open(new Position(epoch, 0))) {
            steps.forEachRemaining(
                    step -> values.put(column.apply(step.batches().get(0))));
        }
        return Arrays.copyOf(values.array(), values.position());
    }

    private static long[] classes(BatchSource<StepBatch> batches) {
        LongBuffer values = LongBuffer.allocate(100);
        try (BatchIterator<StepBatch> steps = batches.open(Position.START)) {
            steps.forEachRemaining(step -> values.put(step.batches().get(0).longLabels()));
        }
        return Arrays.copyOf(values.array(), values.position());
    }

    private Path write(String content) throws IOException {
        return Files.writeString(temp.resolve("rows.csv"), content);
    }
}
