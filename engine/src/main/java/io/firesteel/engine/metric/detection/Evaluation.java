package io.firesteel.engine.metric.detection;

/** What is common to all of COCO's numbers: thresholds and ranges, to the last bit those of its own evaluation. */
final class Evaluation {
    /** Overlaps from which a detection is right: 0.5, 0.55, … 0.95. */
    static final double[] OVERLAPS = spaced(0.5, 0.95, 10);

    /** Where precision is read off: at recall 0, 0.01, … 1. */
    static final double[] RECALLS = spaced(0, 1, 101);

    private Evaluation() {}

    private static double[] spaced(double first, double last, int count) {
        double[] numbers = new double[count];
        double step = (last - first) / (count - 1);
        for (int i = 0; i < count; i++) {
            numbers[i] = i * step + first;
        }
        numbers[count - 1] = last;
        return numbers;
    }

    /** Sizes of objects, by the area of their boxes, both ends included. */
    enum Size {
        ALL("", 0, 1e5),
        SMALL("small", 0, 32),
        MEDIUM("medium", 32, 96),
        LARGE("large", 96, 1e5);

        private final String word;
        private final double least;
        private final double most;

        Size(String word, double leastSide, double mostSide) {
            this.word = word;
            least = leastSide * leastSide;
            most = mostSide * mostSide;
        }

        /** As in the names of values. */
        String word() {
            return word;
        }

        boolean has(Box box) {
            return box.area() >= least && box.area() <= most;
        }
    }
}
