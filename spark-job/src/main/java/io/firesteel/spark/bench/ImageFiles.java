package io.firesteel.spark.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Reads the images of the examples. */
final class ImageFiles {
    private static final int DIGIT_PIXELS = 64;
    private static final int DIGIT_WHITE = 16;
    private static final int VALIDATION_PART = 5;
    private static final int BYTE_WHITE = 255;
    private static final int IMAGES_MAGIC = 2051;
    private static final int LABELS_MAGIC = 2049;

    private final Path examples;

    /** @param examples the directory of the examples */
    ImageFiles(Path examples) {
        this.examples = examples;
    }

    /** The handwritten digits; every fifth validates, as the last ones are from other writers. */
    LabelledImages digits() {
        List<String> all = digitLines(examples.resolve("digits/digits.csv.gz"));
        List<String> lines = new ArrayList<>(every(all, row -> row % VALIDATION_PART != VALIDATION_PART - 1));
        int training = lines.size();
        lines.addAll(every(all, row -> row % VALIDATION_PART == VALIDATION_PART - 1));
        byte[] pixels = new byte[lines.size() * DIGIT_PIXELS];
        byte[] labels = new byte[lines.size()];
        for (int row = 0; row < lines.size(); row++) {
            String[] fields = lines.get(row).split(",", -1);
            for (int i = 0; i < DIGIT_PIXELS; i++) {
                pixels[row * DIGIT_PIXELS + i] = (byte) Float.parseFloat(fields[i]);
            }
            labels[row] = Byte.parseByte(fields[DIGIT_PIXELS]);
        }
        return new LabelledImages("digits", pixels, labels, training, DIGIT_WHITE);
    }

    private static List<String> every(List<String> lines, IntPredicate wanted) {
        return IntStream.range(0, lines.size())
                .filter(wanted)
                .mapToObj(lines::get)
                .toList();
    }

    private static List<String> digitLines(Path file) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(unzipped(file), StandardCharsets.US_ASCII))) {
            return reader.lines().skip(1).toList();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** As much of Fashion-MNIST as lies there; its test images validate. */
    LabelledImages fashion() {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        Path directory = examples.resolve("fashion-mnist");
        int training = append(directory, "train", pixels, labels);
        append(directory, "t10k", pixels, labels);
        return new LabelledImages("fashion", pixels.toByteArray(), labels.toByteArray(), training, BYTE_WHITE);
    }

    private static int append(Path directory, String part, ByteArrayOutputStream pixels, ByteArrayOutputStream labels) {
        byte[] images = content(directory.resolve(part + "-images-idx3-ubyte.gz"), IMAGES_MAGIC, 4);
        byte[] classes = content(directory.resolve(part + "-labels-idx1-ubyte.gz"), LABELS_MAGIC, 2);
        pixels.writeBytes(images);
        labels.writeBytes(classes);
        return classes.length;
    }

    /** What follows a header of so many integers, of which the first is the magic number. */
    private static byte[] content(Path file, int magic, int header) {
        try (InputStream in = unzipped(file)) {
            int found = ByteBuffer.wrap(in.readNBytes(Integer.BYTES)).getInt();
            if (found != magic) {
                throw new IOException("it begins with " + found + " (expected " + magic + ")");
            }
            in.skipNBytes((long) (header - 1) * Integer.BYTES);
            return in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputStream unzipped(Path file) throws IOException {
        return new GZIPInputStream(Files.newInputStream(file));
    }

    private static IllegalArgumentException unreadable(Path file, IOException e) {
        return new IllegalArgumentException(
                "Cannot read the images of " + file + ": " + e + "; --examples names the directory of the examples", e);
    }
}
