package io.firesteel.spark;

import io.firesteel.spark.config.JobFile;
import java.nio.charset.StandardCharsets;

/**
 * {@code model.yaml}: what is needed to use the weights beside it. It is the part of the resolved job that says how a row
 * becomes the model's input and what the network is.
 */
final class ModelFile {
    private ModelFile() {}

    static byte[] toYaml(RunPlan plan) {
        return JobFile.modelToYaml(plan.job(), plan.features()).getBytes(StandardCharsets.UTF_8);
    }
}
