package io.firesteel.spark.bench;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.train.HostedShard;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Small images in memory, of which the first ones are to train with and the others to validate with. It crosses Spark.
 *
 * @param name what reports call them
 * @param pixels bytes of all images, one image after the other, as unsigned numbers; not copied, not to be changed
 * @param labels one class per image; not copied, not to be changed
 * @param trainingImages how many are to train with
 * @param white the pixel that becomes 1
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, which only this package sees
record LabelledImages(String name, byte[] pixels, byte[] labels, int trainingImages, int white)
        implements Serializable {
    static final int CLASSES = 10;

    LabelledImages {
        if (labels.length == 0 || pixels.length % labels.length != 0) {
            throw new IllegalArgumentException("Invalid images of " + name + ": " + pixels.length + " pixels for "
                    + labels.length + " labels (must be as many for each)");
        }
        if (trainingImages < 1 || trainingImages >= labels.length) {
            throw new IllegalArgumentException("Invalid trainingImages of " + name + ": " + trainingImages
                    + " (must be in [1, " + (labels.length - 1) + "])");
        }
    }

    /** Pixels of an image. */
    int size() {
        return pixels.length / labels.length;
    }

    RowLayout layout() {
        return new RowLayout(
                List.of(new TensorSpec("pixels", ElementType.FLOAT32, List.of(size()))),
                new TensorSpec("label", ElementType.INT64, List.of()),
                false);
    }

    /** Every {@code shards}-th image from {@code number} on; the caller closes it. */
    HostedShard shard(int number, int shards) {
        return new HostedShard(
                number, store(number, shards, 0, trainingImages), store(number, shards, trainingImages, labels.length));
    }

    /** Training images of every shard. */
    long[] trainingRows(int shards) {
        return IntStream.range(0, shards)
                .mapToLong(shard -> (trainingImages - shard + shards - 1L) / shards)
                .toArray();
    }

    private ShardStore store(int number, int shards, int from, int to) {
        RowLayout layout = layout();
        try (ShardStore.Writer writer = ShardStore.open(layout, Path.of(""), Long.MAX_VALUE)) {
            for (int image = from + number; image < to; image += shards) {
                fill(writer.next(), layout, image);
            }
            return writer.finish();
        }
    }

    private void fill(ByteBuffer row, RowLayout layout, int image) {
        for (int i = 0; i < size(); i++) {
            float pixel = Byte.toUnsignedInt(pixels[image * size() + i]) / (float) white;
            row.putFloat(layout.inputOffset(0) + i * Float.BYTES, pixel);
        }
        row.putLong(layout.labelOffset(), labels[image]);
        row.putLong(layout.hashOffset(), image);
    }
}
