package io.firesteel.engine.metric.text;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.text.RougeVariant.Ngrams;
import io.firesteel.engine.metric.text.RougeVariant.Subsequence;
import java.util.List;
import java.util.Set;

/** The metrics of this package. */
public final class TextMetrics {
    private static final int MAX_ORDER = 9;
    private static final Set<Reads> TEXTS = Set.of(Reads.TEXTS);

    private static final MetricParameter ORDER =
            MetricParameter.integer("n", 4, 1, MAX_ORDER, "the length of the n-grams; of BLEU the largest");
    private static final MetricParameter MULTIREF = MetricParameter.choice(
            "multiref", List.of("average", "best"), "what becomes of several references of a row");
    private static final MetricParameter ALPHA =
            MetricParameter.number("alpha", 0.0, 0, 1, "what F is: recall at 0, F1 at 0.5, precision at 1");

    private TextMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(
                bleu(),
                rouge(),
                rougeN(),
                rougeL(),
                perplexity(),
                lossPerplexity(),
                new MetricKind(
                        "characterErrorRate",
                        List.of("cer", "charErrorRate"),
                        TEXTS,
                        List.of(),
                        "characters to change, over those of the reference",
                        parameters -> ErrorRate.ofCharacters(parameters.metricName())),
                new MetricKind(
                        "wordErrorRate",
                        List.of("wer"),
                        TEXTS,
                        List.of(),
                        "words to change, over those of the reference",
                        parameters -> ErrorRate.ofWords(parameters.metricName())));
    }

    private static MetricKind bleu() {
        return new MetricKind(
                "bleu",
                List.of("bleuScore"),
                TEXTS,
                List.of(
                        ORDER,
                        MetricParameter.choice(
                                "smoothing", BleuSmoothing.words(), "what becomes of a length without a match"),
                        MetricParameter.choice(
                                "average",
                                List.of("macro", "micro"),
                                "the mean of rows' scores, or the score of all rows")),
                "how many n-grams written are in a reference",
                Bleu::new);
    }

    private static MetricKind rouge() {
        return new MetricKind(
                "rouge",
                List.of("rougeScore"),
                TEXTS,
                List.of(MULTIREF, ALPHA),
                "how much of the references was written: ROUGE-1, 2, 4 and L",
                parameters ->
                        new Rouge(parameters, List.of(new Ngrams(1), new Ngrams(2), new Ngrams(4), new Subsequence())));
    }

    private static MetricKind rougeN() {
        return new MetricKind(
                "rougeN",
                List.of(),
                TEXTS,
                List.of(ORDER, MULTIREF, ALPHA),
                "how many n-grams of the references were written",
                parameters -> new Rouge(parameters, List.of(new Ngrams(parameters.integer("n")))));
    }

    private static MetricKind rougeL() {
        return new MetricKind(
                "rougeL",
                List.of(),
                TEXTS,
                List.of(MULTIREF, ALPHA),
                "how many words of the references were written in their order",
                parameters -> new Rouge(parameters, List.of(new Subsequence())));
    }

    private static MetricKind perplexity() {
        return new MetricKind(
                "perplexity",
                List.of("ppl"),
                Set.of(Reads.PROBABILITIES, Reads.CLASSES),
                List.of(MetricParameter.integer(
                        "ignoreIndex", -100, Integer.MIN_VALUE, Integer.MAX_VALUE, "the class of padding")),
                "among how many tokens a language model seems to choose",
                Perplexity::new);
    }

    private static MetricKind lossPerplexity() {
        return new MetricKind(
                "lossPerplexity",
                List.of(),
                Set.of(Reads.LOSSES),
                List.of(),
                "perplexity from losses that are cross entropies",
                parameters -> new LossPerplexity(parameters.metricName()));
    }
}
