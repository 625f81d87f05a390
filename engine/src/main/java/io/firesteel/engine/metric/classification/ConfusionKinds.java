package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics that read the confusion matrix. */
final class ConfusionKinds {
    private static final String SAMPLES = "samples";
    private static final double LARGEST_BETA = 1e6;

    private static final MetricParameter CLASSES = MetricParameter.integer(
            "classes",
            null,
            1,
            ClassTable.MOST_CLASSES,
            "how many classes there are; rows with other labels don't count");
    private static final MetricParameter AVERAGE = MetricParameter.choice(
            "average",
            Stream.concat(Average.texts().stream(), Stream.of(SAMPLES)).toList(),
            "of what: class 1 of two, the mean of all, all together, ... (auto: binary of two classes, else macro)");
    private static final MetricParameter BETA =
            MetricParameter.number("beta", 1.0, 0, LARGEST_BETA, "how many times as much as precision recall counts");
    private static final MetricParameter IGNORE_INDEX = MetricParameter.integer(
            "ignoreIndex", null, 0, ClassTable.MOST_CLASSES - 1, "a class that the result leaves out");

    private ConfusionKinds() {}

    static List<MetricKind> kinds() {
        return List.of(
                averaged(
                        "precision",
                        List.of("precision_score"),
                        Ratio.PRECISION,
                        "of what was predicted, the share that is so"),
                averaged(
                        "recall",
                        List.of("recall_score", "sensitivity"),
                        Ratio.RECALL,
                        "of what is so, the share that was predicted"),
                kind(
                        "fBeta",
                        List.of("fbeta_score"),
                        List.of(BETA, AVERAGE, CLASSES),
                        "the harmonic mean of precision and recall, one of which may count more",
                        parameters -> averaged(parameters, Ratio.fBeta(parameters.number("beta")))),
                averaged("f1", List.of("f1_score"), Ratio.F1, "the harmonic mean of precision and recall"),
                averaged(
                        "specificity",
                        List.of("trueNegativeRate", "tnr"),
                        Ratio.SPECIFICITY,
                        "of what isn't so, the share that wasn't predicted"),
                kind(
                        "balancedAccuracy",
                        List.of("balanced_accuracy_score"),
                        List.of(MetricParameter.flag("adjusted", false, "whether guessing scores 0"), CLASSES),
                        "the mean over classes of the share of their rows that are right",
                        parameters -> new BalancedAccuracy(
                                parameters.metricName(), classes(parameters), parameters.flag("adjusted"))),
                kind(
                        "confusionMatrix",
                        List.of("cm"),
                        List.of(
                                MetricParameter.choice(
                                        "normalize", ConfusionMatrix.NORMALIZE, "what rows are shares of"),
                                CLASSES),
                        "rows by what they are and what was predicted",
                        parameters -> new ConfusionMatrix(
                                parameters.metricName(), classes(parameters), parameters.text("normalize"))),
                kind(
                        "multilabelConfusionMatrix",
                        List.of(),
                        List.of(CLASSES),
                        "for each label, rows by whether it is so and was predicted",
                        parameters -> new MultilabelConfusionMatrix(parameters.metricName(), classes(parameters))),
                overlap(
                        "iou",
                        List.of("jaccardPerClass"),
                        Average.NONE,
                        Ratio.JACCARD,
                        "the overlap of what is so and what was predicted, by class"),
                overlap(
                        "meanIou",
                        List.of("miou"),
                        Average.MACRO,
                        Ratio.JACCARD,
                        "the mean over classes of the overlap of what is so and what was predicted"),
                kind(
                        "jaccard",
                        List.of("jaccard_score", "jaccardIndex"),
                        List.of(AVERAGE, IGNORE_INDEX, CLASSES),
                        "the overlap of what is so and what was predicted",
                        parameters -> averaged(parameters, Ratio.JACCARD)),
                overlap(
                        "dice",
                        List.of("diceCoefficient"),
                        Average.NONE,
                        Ratio.F1,
                        "Dice's coefficient by class, which is F1"),
                kind(
                        "cohenKappa",
                        List.of("kappa", "cohen_kappa_score"),
                        List.of(
                                MetricParameter.choice(
                                        "weights", CohenKappa.WEIGHTS, "how much it costs to be classes apart"),
                                CLASSES),
                        "how far labels and predictions agree beyond chance",
                        parameters -> new CohenKappa(
                                parameters.metricName(), classes(parameters), parameters.text("weights"))),
                kind(
                        "matthews",
                        List.of("mcc", "matthews_corrcoef"),
                        List.of(CLASSES),
                        "the correlation of labels and predictions",
                        parameters -> new Matthews(parameters.metricName(), classes(parameters))),
                kind(
                        "classificationReport",
                        List.of(),
                        List.of(CLASSES),
                        "precision, recall, F1 and support by class and averaged",
                        parameters -> new ClassificationReport(parameters.metricName(), classes(parameters))));
    }

    private static MetricKind averaged(String name, List<String> aliases, Ratio ratio, String meaning) {
        return kind(name, aliases, List.of(AVERAGE, CLASSES), meaning, parameters -> averaged(parameters, ratio));
    }

    private static Metric<?> averaged(MetricParameters parameters, Ratio ratio) {
        String average = parameters.text("average");
        return average.equals(SAMPLES)
                ? new SampleRatio(parameters.metricName(), ratio)
                : ratio(parameters, ratio, Average.of(average));
    }

    private static MetricKind overlap(String name, List<String> aliases, Average average, Ratio ratio, String meaning) {
        return kind(
                name,
                aliases,
                List.of(IGNORE_INDEX, CLASSES),
                meaning,
                parameters -> ratio(parameters, ratio, average));
    }

    private static Metric<?> ratio(MetricParameters parameters, Ratio ratio, Average average) {
        return new ClassRatio(parameters.metricName(), classes(parameters), ratio, average, ignored(parameters));
    }

    private static int ignored(MetricParameters parameters) {
        return parameters.has(IGNORE_INDEX.name()) ? parameters.integer(IGNORE_INDEX.name()) : -1;
    }

    private static int classes(MetricParameters parameters) {
        return parameters.has(CLASSES.name()) ? parameters.integer(CLASSES.name()) : 0;
    }

    private static MetricKind kind(
            String name,
            List<String> aliases,
            List<MetricParameter> parameters,
            String meaning,
            Function<MetricParameters, Metric<?>> factory) {
        return new MetricKind(name, aliases, Set.of(Reads.PREDICTIONS, Reads.CLASSES), parameters, meaning, factory);
    }
}
