package io.firesteel.spark.predict;

/** What becomes of a row that a model can't be given: with a null or infinite feature, or an array of another length. */
public enum InvalidRows {
    /** It ends the prediction with an error that names the column and the value. */
    ERROR,
    /** It gets null predictions. */
    NULL
}
