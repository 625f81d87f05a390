package io.firesteel.spark.config;

/** Where replicas compute. */
public enum DeviceChoice {
    /** A GPU where Spark gave the task one, else the CPU. */
    AUTO("auto"),
    /** The CPU, even where there is a GPU. */
    CPU("cpu"),
    /** A GPU; a task without one fails. */
    GPU("gpu");

    private final String label;

    DeviceChoice(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }
}
