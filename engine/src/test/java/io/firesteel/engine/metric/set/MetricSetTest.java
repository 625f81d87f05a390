package io.firesteel.engine.metric.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricSetTest {
    private static final MetricValue VECTOR = MetricValue.of(new double[] {0.5, 0.25});

    @Test
    void metricsAndFormulasHaveTheirValuesByName() {
        MetricSet set = MetricSet.of("l=loss", "accuracy", "half=accuracy/2", "2*l + half");
        MetricStates states = set.zero();
        states.update(batch(new double[] {1, -1, 1, -1}, 1, 1, 1, 0));
        assertThat(set.names()).containsExactly("l", "accuracy", "half", "2*l+half");
        // Losses are the predictions: their mean is 0.
        assertThat(set.compute(states).flatten())
                .containsExactly(
                        entry("l", 0.0), entry("accuracy", 0.75), entry("half", 0.375), entry("2*l+half", 0.375));
        assertThat(set.compute(states).problems()).isEmpty();
    }

    @Test
    void stateThatSeveralReadIsThereOnce() {
        MetricSet set = MetricSet.of("accuracy", "acc", "wrong=1-accuracy");
        assertThat(set.stateNames()).containsExactly("accuracy");
        assertThat(set.zero().toBytes()).containsOnlyKeys("accuracy");
        assertThat(set.merges()).containsOnlyKeys("accuracy");
    }

    @Test
    void metricThatIsKnownNeedsNoState() {
        MetricSet set = MetricSet.with(List.of("acc", "x=2*accuracy", "loss"), Map.of());
        assertThat(set.metricNames(Metrics.kind("accuracy"))).containsExactly("accuracy");
        MetricSet knowing = set.knowing(new MetricResults(Map.of("accuracy", MetricValue.of(0.75)), Map.of()));
        assertThat(knowing.stateNames()).containsExactly("loss");
        MetricStates states = knowing.zero();
        states.update(new MetricInput().begin(1).losses(new double[] {2}));
        assertThat(knowing.compute(states).flatten())
                .containsExactly(entry("acc", 0.75), entry("x", 1.5), entry("loss", 2.0));
    }

    @Test
    void metricThatIsKnownToHaveNoValueNeedsNoStateAndHasItsReason() {
        MetricSet set = MetricSet.of("a=accuracy", "2*a", "loss")
                .knowing(new MetricResults(Map.of(), Map.of("accuracy", "Cannot compute accuracy: no rows yet")));
        assertThat(set.stateNames()).containsExactly("loss");
        MetricStates states = set.zero();
        states.update(new MetricInput().begin(1).losses(new double[] {2}));
        MetricResults results = set.compute(states);
        assertThat(results.flatten()).containsEntry("a", Double.NaN).containsEntry("loss", 2.0);
        assertThat(results.problems())
                .containsExactly(
                        entry("a", "Cannot compute accuracy: no rows yet"),
                        entry("2*a", "Cannot compute accuracy: no rows yet"));
    }

    @Test
    void entryHasTheNameThatTheUserWroteAndSaysWhatItIs() {
        MetricSet set = MetricSet.of("ACC", "a = acc ( )", "1 - accuracy");
        assertThat(set.names()).containsExactly("ACC", "a", "1-accuracy");
        assertThat(set.definition("ACC")).isEqualTo("accuracy");
        assertThat(set.definition("1-accuracy")).isEqualTo("1-accuracy");
        assertThat(set.kinds("1-accuracy")).hasSize(1);
        assertThat(set.reads()).containsExactlyInAnyOrder(Reads.PREDICTIONS, Reads.CLASSES);
    }

    @Test
    void operandsOfAFormulaNeedNotBeReported() {
        assertThat(MetricSet.of("x=2*accuracy-1").names()).containsExactly("x");
    }

    @Test
    void metricIsComputedOnceHoweverManyEntriesReadIt() {
        FixedMetric metric = new FixedMetric("m", MetricValue.of(3));
        MetricSet set = MetricSet.of(Map.of("m", metric), List.of("m", "a=m*m", "b=a+m"));
        assertThat(set.compute(seen(set)).flatten())
                .containsExactly(entry("m", 3.0), entry("a", 9.0), entry("b", 12.0));
        assertThat(metric.computed()).isEqualTo(1);
    }

    @Test
    void entryThatCannotBeComputedIsNotANumberWithAReason() {
        Map<String, Metric<?>> own =
                Map.of("bad", FixedMetric.undefined("bad"), "good", new FixedMetric("good", MetricValue.of(1)));
        MetricSet set = MetricSet.of(own, List.of("bad", "x=good+bad", "good"));
        MetricResults results = set.compute(seen(set));
        assertThat(results.flatten())
                .containsExactly(entry("bad", Double.NaN), entry("x", Double.NaN), entry("good", 1.0));
        String reason = "Cannot compute bad: it never can be";
        assertThat(results.problems()).containsExactly(entry("bad", reason), entry("x", reason));
    }

    @Test
    void setThatHasSeenNoRowsSaysSo() {
        MetricSet set = MetricSet.of("accuracy");
        assertThat(set.compute(set.zero()).problems())
                .containsExactly(entry("accuracy", "Cannot compute accuracy: no rows yet"));
    }

    @Test
    void statesMergeAndGoThroughBytes() {
        MetricSet set = MetricSet.of("accuracy", "loss");
        MetricStates left = set.zero();
        left.update(batch(new double[] {1, -1}, 1, 1));
        MetricStates right = set.zero();
        right.update(batch(new double[] {1, 1}, 1, 1));
        Map<String, byte[]> bytes = new HashMap<>(left.toBytes());
        set.merges().forEach((name, merge) -> bytes.merge(name, right.toBytes().get(name), merge));
        left.add(right);
        assertThat(set.compute(left).flatten()).containsExactly(entry("accuracy", 0.75), entry("loss", 0.5));
        assertThat(set.compute(set.fromBytes(bytes))).isEqualTo(set.compute(left));
        left.reset();
        assertThat(set.compute(left).problems()).hasSize(2);
    }

    @Test
    void missingStateIsNamed() {
        MetricSet set = MetricSet.of("accuracy", "loss");
        Map<String, byte[]> states = MetricSet.of("loss").zero().toBytes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.fromBytes(states))
                .withMessage("Cannot restore metrics: no state accuracy (expected one of [loss])");
    }

    @Test
    void mappedMetricReadsWhatTheTransformMakes() {
        MetricInput flipped = new MetricInput();
        Metric<?> opposite = Metrics.of("accuracy")
                .mapped(
                        "opposite",
                        input -> flipped.begin(input.rows())
                                .predictions(negated(input), 1)
                                .classes(LongBuffer.wrap(new long[] {1, 1, 1})));
        MetricSet set = MetricSet.of(Map.of("opposite", opposite), List.of("opposite", "accuracy"));
        MetricStates states = set.zero();
        states.update(batch(new double[] {1, 1, -1}, 1, 1, 1));
        assertThat(set.stateNames()).containsExactly("opposite", "accuracy");
        assertThat(set.compute(states).flatten())
                .containsExactly(entry("opposite", 1.0 / 3), entry("accuracy", 2.0 / 3));
    }

    private static double[] negated(MetricInput input) {
        double[] values = new double[input.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = -input.prediction(row, 0);
        }
        return values;
    }

    @Test
    void formulasWorkNumberByNumber() {
        Map<String, Metric<?>> own = Map.of(
                "v", new FixedMetric("v", VECTOR),
                "w", new FixedMetric("w", MetricValue.of(new double[] {1, 2, 3})),
                "m", new FixedMetric("m", MetricValue.of(new double[][] {{1, 2}, {3, 4}})),
                "f", new FixedMetric("f", MetricValue.of(Map.of("value", MetricValue.of(7)))));
        MetricSet set = MetricSet.of(
                own,
                List.of(
                        "a=2*v",
                        "b=v*v",
                        "c=m[1][0]",
                        "d=f.value+1",
                        "e=mean(v)",
                        "g=sum(m)",
                        "h=max(v,0.3)",
                        "i=m/2",
                        "j=v+w",
                        "k=f+1",
                        "l=v[2]",
                        "n=f.other",
                        "o=v.x",
                        "p=mean(v,1)"));
        MetricResults results = set.compute(seen(set));
        assertThat(results.values())
                .containsEntry("a", MetricValue.of(new double[] {1, 0.5}))
                .containsEntry("b", MetricValue.of(new double[] {0.25, 0.0625}))
                .containsEntry("c", MetricValue.of(3))
                .containsEntry("d", MetricValue.of(8))
                .containsEntry("e", MetricValue.of(0.375))
                .containsEntry("g", MetricValue.of(10))
                .containsEntry("h", MetricValue.of(new double[] {0.5, 0.3}))
                .containsEntry("i", MetricValue.of(new double[][] {{0.5, 1}, {1.5, 2}}))
                .containsEntry("p", MetricValue.of(new double[] {0.75, 0.625}));
        assertThat(results.problems())
                .containsOnlyKeys("j", "k", "l", "n", "o")
                .containsEntry(
                        "j",
                        "Cannot combine values of several numbers: one has 2 elements, the other 3 (expected"
                                + " as many, or a single number)")
                .containsEntry(
                        "k",
                        "Cannot compute with a value of several fields: name one of them ([value], as in"
                                + " metric.field)")
                .containsEntry("l", "Cannot take element 2 of a metric's value: it has 2 elements")
                .containsEntry("n", "Cannot take field other of a metric's value: it has only [value]")
                .containsEntry("o", "Cannot take field x of a metric's value: it has no fields");
    }

    @Test
    void nameThatIsThereTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricSet.of("loss", "loss"))
                .withMessage("Invalid metrics: loss is there twice (must be named once, or another=loss)");
    }

    @Test
    void unknownNameOfAnEntryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricSet.of("loss").definition("x"))
                .withMessage("Invalid name of a metric: x (must be one of [loss])");
    }

    @Test
    void commasInParenthesesDoNotSplit() {
        assertThat(MetricSet.split("a, b(c=1,d=2),f=max(p,q[0]) ,g"))
                .containsExactly("a", "b(c=1,d=2)", "f=max(p,q[0])", "g");
        assertThat(MetricSet.split("")).containsExactly("");
    }

    private static MetricStates seen(MetricSet set) {
        MetricStates states = set.zero();
        states.update(new MetricInput().begin(1));
        return states;
    }

    /** Logits of one column, which are the losses too. */
    private static MetricInput batch(double[] logits, long... labels) {
        return new MetricInput()
                .begin(logits.length)
                .predictions(logits, 1)
                .losses(logits)
                .classes(LongBuffer.wrap(labels));
    }
}
