package io.firesteel.spark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Points of three classes around three centres in four dimensions, each with a weight from 1 to 3: easy to learn. */
record Blobs(List<Point> points) {
    static final int FEATURES = 4;
    static final int CLASSES = 3;

    /** One row. */
    record Point(List<Double> features, int label, int weight) {}

    static Blobs of(int rows, long seed) {
        Random random = new Random(seed);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int label = random.nextInt(CLASSES);
            List<Double> features = new ArrayList<>();
            for (int f = 0; f < FEATURES; f++) {
                // Three decimals, so that every format holds the same number.
                features.add(Math.round(1000 * ((f == label ? 2 : 0) + random.nextGaussian())) / 1000.0);
            }
            points.add(new Point(features, label, 1 + random.nextInt(3)));
        }
        return new Blobs(points);
    }

    Path writeCsv(Path file) {
        StringBuilder text = new StringBuilder("f0,f1,f2,f3,label,w\n");
        for (Point point : points) {
            for (double feature : point.features) {
                text.append(String.format(Locale.ROOT, "%.3f,", feature));
            }
            text.append(point.label).append(',').append(point.weight).append('\n');
        }
        return write(file, text);
    }

    Path writeLibsvm(Path file) {
        StringBuilder text = new StringBuilder();
        for (Point point : points) {
            text.append(point.label);
            for (int f = 0; f < FEATURES; f++) {
                text.append(String.format(Locale.ROOT, " %d:%.3f", f + 1, point.features.get(f)));
            }
            text.append('\n');
        }
        return write(file, text);
    }

    private static Path write(Path file, CharSequence text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
