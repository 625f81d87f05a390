package io.firesteel.spark.decide;

import java.util.List;
import java.util.Objects;

/**
 * Whether a candidate takes the champion's place.
 *
 * @param promoted whether it does
 * @param candidate the name of the one that it is about: the best one
 * @param confidence that was asked of it; higher than the rules' where there were several candidates
 * @param reasons sentences with their numbers: what speaks for it, or, if it is refused, each rule that it fails; at least one
 * @param notes what else is to be known and decided nothing
 */
public record Decision(
        boolean promoted, String candidate, double confidence, List<String> reasons, List<String> notes) {
    public Decision {
        Objects.requireNonNull(candidate, "candidate");
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot decide on " + candidate + ": there is no reason (0, expected at least 1)");
        }
    }

    /** All reasons as one text. */
    public String reason() {
        return String.join("; ", reasons);
    }
}
