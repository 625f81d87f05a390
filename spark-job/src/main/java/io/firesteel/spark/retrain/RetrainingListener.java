package io.firesteel.spark.retrain;

import java.time.LocalDate;

/** Is told how a retraining goes, on the thread that runs it. */
public interface RetrainingListener {
    /** A date's turn has come. */
    void began(LocalDate date);

    /** Something went wrong that doesn't change the outcome. */
    void warned(String text);

    /** A date has ended, well or not. */
    void ended(DateResult result);
}
