package io.firesteel.engine.schedule;

/** The way from one value to another. */
public enum Shape {
    /** Half a wave of the cosine: slow at both ends. */
    COSINE("cosine") {
        @Override
        double between(double start, double end, double share) {
            return end + (start - end) * (1 + StrictMath.cos(Math.PI * share)) / 2;
        }
    },
    /** A straight line. */
    LINEAR("linear") {
        @Override
        double between(double start, double end, double share) {
            return start + (end - start) * share;
        }
    },
    /** A straight line there in the first half, and one back in the second. */
    TRIANGLE("triangle") {
        @Override
        double between(double start, double end, double share) {
            return end + (start - end) * Math.abs(share - 0.5) * 2;
        }
    };

    private final String label;

    Shape(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }

    /** The value where a share of the way, in [0, 1], is done. */
    abstract double between(double start, double end, double share);
}
