package io.firesteel.engine.metric.text;

/** One way of counting what a text and a reference have in common. */
sealed interface RougeVariant {
    /** Of ROUGE-2 the 2. */
    String label();

    Overlap overlap(Tokens written, Tokens reference);

    /**
     * What two texts have in common.
     *
     * @param matches in both
     * @param written of what was written
     * @param wanted of the reference
     */
    record Overlap(int matches, int written, int wanted) {
        double precision() {
            return written == 0 ? 0 : (double) matches / written;
        }

        double recall() {
            return wanted == 0 ? 0 : (double) matches / wanted;
        }

        Overlap plus(Overlap other) {
            return new Overlap(matches + other.matches, written + other.written, wanted + other.wanted);
        }
    }

    /** Counts n-grams. */
    record Ngrams(int order) implements RougeVariant {
        @Override
        public String label() {
            return Integer.toString(order);
        }

        @Override
        public Overlap overlap(Tokens written, Tokens reference) {
            int matches = Tokens.common(written.counts(order), reference.counts(order));
            return new Overlap(matches, written.ngrams(order), reference.ngrams(order));
        }
    }

    /** Counts the words of the longest common subsequence. */
    record Subsequence() implements RougeVariant {
        @Override
        public String label() {
            return "L";
        }

        @Override
        public Overlap overlap(Tokens written, Tokens reference) {
            return new Overlap(written.longestCommon(reference), written.size(), reference.size());
        }
    }
}
