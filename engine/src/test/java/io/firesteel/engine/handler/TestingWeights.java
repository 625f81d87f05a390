package io.firesteel.engine.handler;

import java.nio.FloatBuffer;

/** Weights in an array, and how often they were published. */
final class TestingWeights implements Weights {
    final float[] values;
    int published;
    private final int trainable;

    TestingWeights(int trainable, int buffers) {
        this.values = new float[trainable + buffers];
        this.trainable = trainable;
    }

    /** Sets the weights of a step, as handlers.py does. */
    void set(long step) {
        for (int i = 0; i < values.length; i++) {
            values[i] = ((37L * i + 101 * step) % 401 - 200) / 256f;
        }
    }

    /** Those that handlers.json shows: every 97th that is trained, and all buffers. */
    float[] shown() {
        int first = (trainable + 96) / 97;
        float[] shown = new float[first + values.length - trainable];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = values[i < first ? 97 * i : trainable + i - first];
        }
        return shown;
    }

    @Override
    public FloatBuffer floats() {
        return FloatBuffer.wrap(values);
    }

    @Override
    public int trainable() {
        return trainable;
    }

    @Override
    public void publish() {
        published++;
    }
}
