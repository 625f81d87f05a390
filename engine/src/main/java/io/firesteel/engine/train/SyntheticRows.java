package io.firesteel.engine.train;

import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.ShardStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Rows without a meaning: inputs uniform in [0, 1), classes at random. So the loss neither ends at 0, where gradients would
 * become denormal and slow, nor at infinity.
 */
final class SyntheticRows {
    private final StepWorkload workload;
    private final int elements;

    SyntheticRows(StepWorkload workload) {
        this.workload = workload;
        this.elements = workload.input().elements();
    }

    /** The rows of a shard, on the heap; the caller closes it. */
    HostedShard shard(int number) {
        return new HostedShard(number, store(number, workload.rows()), store(number, 0));
    }

    private ShardStore store(int seed, int rows) {
        RowLayout layout = workload.layout();
        SplittableRandom random = new SplittableRandom(seed);
        try (ShardStore.Writer writer = ShardStore.open(layout, Path.of(""), Long.MAX_VALUE)) {
            for (int row = 0; row < rows; row++) {
                ByteBuffer view = writer.next();
                for (int i = 0; i < elements; i++) {
                    view.putFloat(layout.inputOffset(0) + i * Float.BYTES, value(random));
                }
                view.putLong(layout.labelOffset(), random.nextInt(workload.classes()));
                view.putLong(layout.hashOffset(), random.nextLong());
            }
            return writer.finish();
        }
    }

    private static float value(SplittableRandom random) {
        return (random.nextInt() >>> 8) * 0x1p-24f;
    }
}
