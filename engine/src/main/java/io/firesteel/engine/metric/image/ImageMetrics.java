package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import java.util.List;
import java.util.Set;

/** The metrics of this package. */
public final class ImageMetrics {
    private static final int MAX_SIDE = 1 << 15;
    private static final int MAX_KERNEL = 1001;
    private static final Set<Reads> PAIRS = Set.of(Reads.PREDICTIONS, Reads.TARGETS);

    private static final MetricParameter DATA_RANGE = MetricParameter.number(
            "dataRange", 1.0, Double.MIN_NORMAL, Double.MAX_VALUE, "the largest possible value less the least");

    private ImageMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(
                new MetricKind(
                        "psnr",
                        List.of("peakSignalNoiseRatio", "peakSignalToNoiseRatio"),
                        PAIRS,
                        List.of(
                                DATA_RANGE,
                                MetricParameter.number("epsilon", 0.0, 0, 1, "added to each error; Ignite's is 1e-10")),
                        "the noise in images, in decibels",
                        Psnr::new),
                ssim(),
                new MetricKind(
                        "frechetInceptionDistance",
                        List.of("fid"),
                        PAIRS,
                        List.of(),
                        "how far features of made images are from those of real ones",
                        parameters -> new FrechetDistance(parameters.metricName())),
                new MetricKind(
                        "inceptionScore",
                        List.of(),
                        Set.of(Reads.PROBABILITIES),
                        List.of(),
                        "how sure a classifier is of made images, and how varied they are",
                        parameters -> new InceptionScore(parameters.metricName())));
    }

    private static MetricKind ssim() {
        return new MetricKind(
                "ssim",
                List.of("structuralSimilarity", "structuralSimilarityIndexMeasure"),
                PAIRS,
                List.of(
                        MetricParameter.integer("height", null, 1, MAX_SIDE, "rows of pixels; follows from the rest"),
                        MetricParameter.integer("width", null, 1, MAX_SIDE, "pixels of a row; follows from the rest"),
                        MetricParameter.integer("channels", 1, 1, MAX_SIDE, "planes of an image"),
                        MetricParameter.integer("kernel", 11, 1, MAX_KERNEL, "side of the window, odd"),
                        MetricParameter.number("sigma", 1.5, 1e-3, 1e3, "deviation of the window, in pixels"),
                        DATA_RANGE,
                        MetricParameter.number("k1", 0.01, 0, 1, "stabilises dark places"),
                        MetricParameter.number("k2", 0.03, 0, 1, "stabilises flat places"),
                        MetricParameter.choice(
                                "border", List.of("reflect", "valid"), "what becomes of pixels at the border")),
                "how alike images look",
                Ssim::new);
    }
}
