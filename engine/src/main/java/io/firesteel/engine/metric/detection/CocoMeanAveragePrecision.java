package io.firesteel.engine.metric.detection;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.detection.Evaluation.Size;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Mean average precision of object detection as the COCO benchmark defines it, with fields
 *
 * <ul>
 *   <li>{@code AP}: precision averaged over 101 recalls, ten overlaps (intersection over union of boxes, 0.5 to 0.95) and
 *       categories; {@code AP50} and {@code AP75} at one overlap; {@code APsmall}, {@code APmedium}, {@code APlarge} of
 *       true boxes of up to 32 x 32 pixels, up to 96 x 96, and over;
 *   <li>{@code AR1}, {@code AR10}, {@code AR100}: the share of true boxes found, averaged over overlaps and categories, by
 *       the best 1, 10, 100 detections of a category in an image; {@code ARsmall}, {@code ARmedium}, {@code ARlarge}.
 *   <li>with {@code perCategory} also {@code categories}: fields by the number of each category that has true boxes, each with
 *       the same numbers of this category alone.
 * </ul>
 *
 * <p>Each is in [0, 1], or NaN if no box has that size (COCO writes -1). A row is one box. Reads groups (N): images,
 * classes (N): categories, predictions (N, 5): score, x1, y1, x2, y2, and targets (N, 1): 0 a detection, 1 a true box, 2 a
 * true box that is a crowd, which nobody must find and every detection inside may take; of true boxes the score isn't read.
 * Weights aren't read.
 *
 * <p>The state keeps boxes: all true ones, and of each category in an image the {@code maxDetections} of the highest
 * scores, 44 bytes each; another {@code maxDetections} takes the place of 100 everywhere, and AR1 and AR10 are left out
 * where it is less. Of equal scores, boxes of one image go by where they are, and those of several by the images' names, so
 * that no split over ranks changes anything; pycocotools goes by order of arrival and by the images' numbers, which can
 * differ in the last place of a curve. Areas are those of boxes, not of masks. No value without a true box that counts.
 * Misleads where categories are rare: each counts the same.
 *
 * <p>After <a href="https://cocodataset.org/#detection-eval">COCO's detection evaluation</a> (pycocotools' {@code COCOeval}
 * of boxes), like Ignite's <a href="https://docs.pytorch.org/ignite/metrics.html">CommonObjectDetectionMetrics</a>.
 */
final class CocoMeanAveragePrecision extends StateMetric<Boxes> {
    private static final int DETECTION = 0;
    private static final int TRUTH = 1;
    private static final int CROWD = 2;
    private static final int AT_50 = 0;
    private static final int AT_75 = 5;

    private final int maxDetections;
    private final boolean perCategory;

    CocoMeanAveragePrecision(MetricParameters parameters) {
        super(parameters.metricName(), stateName(parameters.integer("maxDetections")));
        maxDetections = parameters.integer("maxDetections");
        perCategory = parameters.flag("perCategory");
    }

    private static String stateName(int maxDetections) {
        return DetectionMetrics.COCO
                + (maxDetections == DetectionMetrics.MAX_DETECTIONS ? "" : "(maxDetections=" + maxDetections + ")");
    }

    @Override
    public Boxes zero() {
        return new Boxes(maxDetections);
    }

    @Override
    public void update(Boxes state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        if (input.predictionColumns() != Box.COLUMNS) {
            throw new IllegalArgumentException("Cannot compute " + name() + ": predictions are no boxes ("
                    + input.predictionColumns() + " columns, expected 5: score, x1, y1, x2, y2)");
        }
        for (int row = 0; row < input.rows(); row++) {
            add(state, input, row);
            state.count();
        }
    }

    private static void add(Boxes state, MetricInput input, int row) {
        ImageBoxes boxes = state.of(input.classLabel(row), input.group(row));
        double kind = input.target(row, 0);
        if (kind == DETECTION) {
            boxes.addDetection(Box.detection(input, row));
        } else if (kind == TRUTH || kind == CROWD) {
            boxes.addTruth(Box.truth(input, row, kind == CROWD));
        } else {
            throw new IllegalArgumentException("Invalid kind of box: " + kind + " in row " + row
                    + " of a batch (must be 0 for a detection, 1 for a true box, 2 for a crowd)");
        }
    }

    @Override
    protected MetricValue value(Boxes state) {
        Map<Size, NavigableMap<Long, CategoryCurve>> curves = new EnumMap<>(Size.class);
        for (Size size : Size.values()) {
            curves.put(size, curves(state, size));
        }
        Map<Long, CategoryCurve> all = curves.get(Size.ALL);
        if (all.isEmpty()) {
            throw new NotComputableException(
                    "Cannot compute " + name() + ": nothing to find (0 true boxes that aren't crowds in " + state.rows()
                            + " rows, expected 1 or more)");
        }
        Map<String, MetricValue> fields = fields(size -> curves.get(size).values());
        if (perCategory) {
            Map<String, MetricValue> categories = new LinkedHashMap<>();
            all.keySet()
                    .forEach(category -> categories.put(
                            Long.toString(category), MetricValue.of(fields(size -> of(category, curves.get(size))))));
            fields.put("categories", MetricValue.of(categories));
        }
        return MetricValue.of(fields);
    }

    /** Of the categories that have true boxes of a size. */
    private static NavigableMap<Long, CategoryCurve> curves(Boxes state, Size size) {
        NavigableMap<Long, CategoryCurve> curves = new TreeMap<>();
        state.categories().forEach((category, images) -> {
            CategoryCurve curve = new CategoryCurve(images.values(), size);
            if (curve.hasTruths()) {
                curves.put(category, curve);
            }
        });
        return curves;
    }

    private static Collection<CategoryCurve> of(long category, Map<Long, CategoryCurve> curves) {
        CategoryCurve curve = curves.get(category);
        return curve == null ? List.of() : List.of(curve);
    }

    /** COCO's numbers, means over some categories. */
    private Map<String, MetricValue> fields(Function<Size, Collection<CategoryCurve>> curves) {
        Map<String, MetricValue> fields = new LinkedHashMap<>();
        Collection<CategoryCurve> all = curves.apply(Size.ALL);
        put(fields, "AP", all, this::averagePrecision);
        put(fields, "AP50", all, curve -> curve.averagePrecision(AT_50, maxDetections));
        put(fields, "AP75", all, curve -> curve.averagePrecision(AT_75, maxDetections));
        IntStream.of(1, 10, maxDetections)
                .filter(perImage -> perImage <= maxDetections)
                .forEach(perImage -> put(fields, "AR" + perImage, all, curve -> recall(curve, perImage)));
        for (Size size : List.of(Size.SMALL, Size.MEDIUM, Size.LARGE)) {
            Collection<CategoryCurve> sized = curves.apply(size);
            put(fields, "AP" + size.word(), sized, this::averagePrecision);
            put(fields, "AR" + size.word(), sized, curve -> recall(curve, maxDetections));
        }
        return fields;
    }

    private double averagePrecision(CategoryCurve curve) {
        return overOverlaps(threshold -> curve.averagePrecision(threshold, maxDetections));
    }

    private static double recall(CategoryCurve curve, int perImage) {
        return overOverlaps(threshold -> curve.recall(threshold, perImage));
    }

    private static double overOverlaps(IntToDoubleFunction value) {
        double sum = 0;
        for (int threshold = 0; threshold < Evaluation.OVERLAPS.length; threshold++) {
            sum += value.applyAsDouble(threshold);
        }
        return sum / Evaluation.OVERLAPS.length;
    }

    private static void put(
            Map<String, MetricValue> fields,
            String name,
            Collection<CategoryCurve> curves,
            ToDoubleFunction<CategoryCurve> value) {
        fields.put(
                name,
                MetricValue.of(curves.stream().mapToDouble(value).average().orElse(Double.NaN)));
    }

    @Override
    protected Boxes read(StateInput input) {
        return Boxes.read(maxDetections, input);
    }
}
