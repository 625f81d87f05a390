package io.firesteel.engine.metric.detection;

import io.firesteel.engine.metric.detection.Evaluation.Size;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Precision and recall of one category over all images, as the score from which detections count gets lower. */
final class CategoryCurve {
    /** What COCO adds to a number of detections, so that 0 divides. */
    private static final double ONE_ULP = Math.ulp(1.0);

    private final int wanted;
    /** The place of a detection within its image. */
    private final int[] places;

    private final int[] right;
    private final int[] ignored;

    CategoryCurve(Collection<ImageBoxes> images, Size size) {
        List<ImageMatches> matches =
                images.stream().map(boxes -> new ImageMatches(boxes, size)).toList();
        wanted = matches.stream().mapToInt(ImageMatches::counted).sum();
        int count = matches.stream().mapToInt(ImageMatches::detections).sum();
        places = new int[count];
        right = new int[count];
        ignored = new int[count];
        sort(matches);
    }

    private void sort(List<ImageMatches> matches) {
        record Found(double score, int place, int right, int ignored) {}
        List<Found> found = matches.stream()
                .flatMap(image -> IntStream.range(0, image.detections())
                        .mapToObj(i -> new Found(image.score(i), i, image.right(i), image.ignored(i))))
                .sorted(Comparator.comparingDouble(Found::score).reversed())
                .toList();
        for (int i = 0; i < places.length; i++) {
            places[i] = found.get(i).place();
            right[i] = found.get(i).right();
            ignored[i] = found.get(i).ignored();
        }
    }

    /** Whether there is anything to find. */
    boolean hasTruths() {
        return wanted > 0;
    }

    /** The share of true boxes that are found by the best detections of each image, so many of them. */
    double recall(int threshold, int perImage) {
        return (double) rightAmong(threshold, perImage) / wanted;
    }

    private int rightAmong(int threshold, int perImage) {
        int found = 0;
        for (int i = 0; i < right.length; i++) {
            found += places[i] < perImage ? right[i] >> threshold & 1 : 0;
        }
        return found;
    }

    /** The mean of the precisions at 101 recalls, each the best that there is at this recall or a higher one. */
    double averagePrecision(int threshold, int perImage) {
        int[] counting = IntStream.range(0, right.length)
                .filter(i -> places[i] < perImage && (ignored[i] >> threshold & 1) == 0)
                .toArray();
        double[] precisions = new double[counting.length];
        double[] recalls = new double[counting.length];
        int found = 0;
        for (int i = 0; i < counting.length; i++) {
            found += right[counting[i]] >> threshold & 1;
            recalls[i] = (double) found / wanted;
            precisions[i] = found / (i + 1 + ONE_ULP);
        }
        for (int i = counting.length - 1; i > 0; i--) {
            precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
        }
        return mean(recalls, precisions);
    }

    private static double mean(double[] recalls, double[] precisions) {
        double sum = 0;
        int at = 0;
        for (double recall : Evaluation.RECALLS) {
            while (at < recalls.length && recalls[at] < recall) {
                at++;
            }
            sum += at < precisions.length ? precisions[at] : 0;
        }
        return sum / Evaluation.RECALLS.length;
    }
}
