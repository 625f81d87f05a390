package io.firesteel.engine.metric.text;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.Sums;
import io.firesteel.engine.metric.SumsMetric;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU: how many of the words, pairs, … n-grams written are in a reference, in [0, 1]:
 *
 * <pre>
 * BLEU = brevity * exp(1/n * sum(log p[k], k = 1 … n)),   p[k] = matches[k] / ngrams[k]
 * brevity = exp(1 - reference tokens / written tokens) if less was written than in the closest reference, else 1
 * </pre>
 *
 * <p>Reads texts (N) with one or more references each, and weights. Tokens are what white space separates: split
 * punctuation off before, or numbers differ from those of SacreBLEU. {@code average=macro}, the standard as in Ignite, is
 * the mean of the rows' scores, each weighted; {@code micro} sums matches, n-grams and lengths over rows, each times its
 * weight, and has one score of the sums: the corpus BLEU of papers. {@code smoothing} is {@link BleuSmoothing}. No match of
 * any word gives 0.
 *
 * <p>Misleads for single sentences without smoothing (one without a common 4-gram scores 0), and between different ways of
 * splitting words. After Papineni et al., <a href="https://aclanthology.org/P02-1040">BLEU</a>, with the values of Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.nlp.Bleu.html">Bleu</a> and NLTK.
 */
final class Bleu extends SumsMetric {
    private final int order;
    private final BleuSmoothing smoothing;
    private final boolean micro;

    Bleu(MetricParameters parameters) {
        this(
                parameters.metricName(),
                parameters.integer("n"),
                BleuSmoothing.of(parameters.text("smoothing")),
                parameters.text("average").equals("micro"));
    }

    private Bleu(String name, int order, BleuSmoothing smoothing, boolean micro) {
        super(name, micro ? "bleuCounts(n=" + order + ")" : name, micro ? sums(order) : 1);
        this.order = order;
        this.smoothing = smoothing;
        this.micro = micro;
    }

    /** Matches of each length, n-grams of each length, tokens written, tokens of the closest references. */
    private static int sums(int order) {
        return 2 * order + 2;
    }

    @Override
    protected void add(Sums state, MetricInput input, int row, double weight) {
        double[] counts = counts(Tokens.of(input.text(row)), References.tokens(input, row));
        if (!micro) {
            state.add(0, weight * score(counts));
            return;
        }
        for (int i = 0; i < counts.length; i++) {
            state.add(i, weight * counts[i]);
        }
    }

    private double[] counts(Tokens written, List<Tokens> references) {
        double[] counts = new double[sums(order)];
        for (int n = 1; n <= order; n++) {
            counts[n - 1] = matches(written, references, n);
            counts[order + n - 1] = written.ngrams(n);
        }
        counts[2 * order] = written.size();
        counts[2 * order + 1] = closest(written.size(), references);
        return counts;
    }

    /** Each n-gram counts as often as the reference has it that has it most. */
    private static int matches(Tokens written, List<Tokens> references, int n) {
        Map<List<String>, Integer> most = new HashMap<>();
        for (Tokens reference : references) {
            reference.counts(n).forEach((ngram, count) -> most.merge(ngram, count, Math::max));
        }
        return Tokens.common(written.counts(n), most);
    }

    /** The length of the reference that is closest in length, of two the shorter. */
    private static int closest(int written, List<Tokens> references) {
        return references.stream()
                .map(Tokens::size)
                .min(Comparator.<Integer>comparingInt(size -> Math.abs(size - written))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private double score(double[] counts) {
        if (counts[0] == 0) {
            return 0;
        }
        double logs = 0;
        for (int n = 1; n <= order; n++) {
            logs += Math.log(smoothing.precision(n, counts[n - 1], counts[order + n - 1]));
        }
        double written = counts[2 * order];
        double wanted = counts[2 * order + 1];
        double brevity = written < wanted ? Math.exp(1 - wanted / written) : 1;
        return brevity * Math.exp(logs / order);
    }

    @Override
    protected MetricValue value(Sums state) {
        if (!micro) {
            return MetricValue.of(state.mean(0, name()));
        }
        NotComputableException.checkWeight(name(), state.weight(), state.rows());
        double[] counts = new double[sums(order)];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = state.sum(i);
        }
        return MetricValue.of(score(counts));
    }
}
