package io.firesteel.engine.metric.catalogue;

/** No metric has that name. */
public final class UnknownMetricException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String name;

    UnknownMetricException(String name) {
        super("Invalid metric: " + name + " (must be one of " + Metrics.names() + ")");
        this.name = name;
    }

    /** What was asked for. */
    public String name() {
        return name;
    }
}
