package io.firesteel.spark.ingest;

/** The columns of the rows that {@link ShardedRows} hands to barrier tasks; features follow, then the label, then the weight. */
final class RowSchema {
    static final int SPLIT = 0;
    static final int SHARD = 1;
    static final int HASH = 2;
    static final int TIE_BREAK = 3;
    static final int FEATURES = 4;

    static final String SPLIT_NAME = "__split";
    static final String SHARD_NAME = "__shard";
    static final String HASH_NAME = "__hash";
    static final String TIE_BREAK_NAME = "__hash2";

    private RowSchema() {}
}
