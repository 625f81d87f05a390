package io.firesteel.engine.metric.quantile;

/** Sorts places instead of things, so that several arrays can follow one order. */
@FunctionalInterface
interface Order {
    /** Whether what is at one place comes before what is at another. */
    boolean isBefore(int a, int b);

    /** By a number, none NaN. */
    static Order of(double[] values) {
        return (a, b) -> values[a] < values[b];
    }

    /** By a number, then by another. */
    static Order of(double[] first, double[] second) {
        return (a, b) -> first[a] < first[b] || (first[a] == first[b] && second[a] < second[b]);
    }

    /** The places 0 to size - 1 in this order; equal ones stay as they are. */
    default int[] sort(int size) {
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = i;
        }
        int[] other = new int[size];
        for (long run = 1; run < size; run *= 2) {
            for (long from = 0; from < size; from += 2 * run) {
                int middle = (int) Math.min(size, from + run);
                merge(places, (int) from, middle, (int) Math.min(size, from + 2 * run), other);
            }
            int[] swapped = places;
            places = other;
            other = swapped;
        }
        return places;
    }

    private void merge(int[] places, int from, int middle, int to, int[] into) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight = left == middle || (right < to && isBefore(places[right], places[left]));
            into[i] = takeRight ? places[right++] : places[left++];
        }
    }
}
