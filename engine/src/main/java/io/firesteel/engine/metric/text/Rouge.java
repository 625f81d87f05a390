package io.firesteel.engine.metric.text;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.Sums;
import io.firesteel.engine.metric.SumsMetric;
import io.firesteel.engine.metric.text.RougeVariant.Overlap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ROUGE: how much of the references was written, by n-grams (ROUGE-N) or by the longest common subsequence of words
 * (ROUGE-L). Of each row
 *
 * <pre>
 * P = matches / written,  R = matches / wanted,  F = P * R / ((1 - alpha) * P + alpha * R)
 * </pre>
 *
 * and the values, each in [0, 1], are their means over rows, weighted: fields {@code Rouge-2-P}, {@code Rouge-2-R}, {@code
 * Rouge-2-F} for n = 2. Reads texts (N) with one or more references each, and weights. With {@code alpha=0}, the standard
 * as in Ignite, F is R; 0.5 gives the usual F1; 1 gives P. Of several references, {@code multiref=average} sums the three
 * counts, {@code best} takes the reference of the highest recall, of equal ones the first. A text without n-grams has 0.
 *
 * <p>Misleads on paraphrases, which share few words; recall alone rewards long texts. Words are as they stand: no stemming,
 * no lower case. After Lin, <a href="https://aclanthology.org/W04-1013.pdf">ROUGE</a>, with the values of Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.nlp.Rouge.html">Rouge, RougeN and RougeL</a>.
 */
final class Rouge extends SumsMetric {
    private final List<RougeVariant> variants;
    private final boolean best;
    private final double alpha;

    Rouge(MetricParameters parameters, List<RougeVariant> variants) {
        super(parameters.metricName(), 3 * variants.size());
        this.variants = variants;
        best = parameters.text("multiref").equals("best");
        alpha = parameters.number("alpha");
    }

    @Override
    protected void add(Sums state, MetricInput input, int row, double weight) {
        Tokens written = Tokens.of(input.text(row));
        List<Tokens> references = References.tokens(input, row);
        for (int i = 0; i < variants.size(); i++) {
            Overlap overlap = overlap(variants.get(i), written, references);
            state.add(3 * i, weight * overlap.precision());
            state.add(3 * i + 1, weight * overlap.recall());
            state.add(3 * i + 2, weight * f(overlap.precision(), overlap.recall()));
        }
    }

    private Overlap overlap(RougeVariant variant, Tokens written, List<Tokens> references) {
        Overlap result = null;
        for (Tokens reference : references) {
            Overlap overlap = variant.overlap(written, reference);
            if (result == null) {
                result = overlap;
            } else if (!best) {
                result = result.plus(overlap);
            } else if (overlap.recall() > result.recall()) {
                result = overlap;
            }
        }
        return result;
    }

    private double f(double precision, double recall) {
        double product = precision * recall;
        return product == 0 ? 0 : product / ((1 - alpha) * precision + alpha * recall);
    }

    @Override
    protected MetricValue value(Sums state) {
        Map<String, MetricValue> fields = new LinkedHashMap<>();
        for (int i = 0; i < variants.size(); i++) {
            String name = "Rouge-" + variants.get(i).label();
            fields.put(name + "-P", MetricValue.of(state.mean(3 * i, name())));
            fields.put(name + "-R", MetricValue.of(state.mean(3 * i + 1, name())));
            fields.put(name + "-F", MetricValue.of(state.mean(3 * i + 2, name())));
        }
        return MetricValue.of(fields);
    }
}
