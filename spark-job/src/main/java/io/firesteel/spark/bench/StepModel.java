package io.firesteel.spark.bench;

import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.LeNet;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The networks whose steps are measured, over images of 28 × 28 and 10 classes. */
public enum StepModel {
    /** 784-256-128-10 with ReLU: 235,146 parameters. */
    MLP(1200) {
        @Override
        ModelSpec spec() {
            return new Mlp(List.of(256, 128), CLASSES, Activation.RELU);
        }

        @Override
        List<Integer> inputShape() {
            return List.of(784);
        }
    },
    /** LeNet-5. */
    LENET(160) {
        @Override
        ModelSpec spec() {
            return new LeNet(CLASSES);
        }

        @Override
        List<Integer> inputShape() {
            return List.of(1, 28, 28);
        }
    };

    static final int CLASSES = 10;

    private static final int REFERENCE_BATCH = 64;
    private static final int MIN_STEPS = 20;
    private static final int WARM_UP = 2;

    private final int referenceSteps;

    StepModel(int referenceSteps) {
        this.referenceSteps = referenceSteps;
    }

    /**
     * The model of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static StepModel byLabel(String label) {
        return Arrays.stream(values())
                .filter(model -> model.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid model: " + label + " (must be one of "
                        + Arrays.stream(values()).map(StepModel::label).collect(Collectors.joining(", ")) + ")"));
    }

    /** The name on the command line and in the report. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract ModelSpec spec();

    abstract List<Integer> inputShape();

    /** Steps that take some seconds: larger batches get fewer, but not in proportion, as fewer are less sure. */
    int steps(int batch) {
        double scale = Math.sqrt((double) REFERENCE_BATCH / Math.max(batch, REFERENCE_BATCH));
        return Math.max(MIN_STEPS, (int) (referenceSteps * scale));
    }

    /** Steps after which the JIT compiler has little left to do. */
    int warmUpSteps() {
        return WARM_UP * referenceSteps;
    }
}
