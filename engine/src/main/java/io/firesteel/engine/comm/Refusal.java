package io.firesteel.engine.comm;

/** Why a listening rank turned a connection away; the code is what stands on the wire, and 0 means welcome. */
enum Refusal {
    NONE(0, "accepted it"),
    RUN(1, "it belongs to another run"),
    ATTEMPT(2, "it is in another attempt of the run"),
    RANK(3, "it has another rank or world size than this rank believes"),
    OPTIONS(4, "its chunkBytes, smallVectorBytes, algorithm or sealing differ"),
    PROOF(5, "it does not accept the proof: the secrets differ"),
    DUPLICATE(6, "it is already connected to this rank");

    private final int code;
    private final String why;

    Refusal(int code, String why) {
        this.code = code;
        this.why = why;
    }

    int code() {
        return code;
    }

    /** As the refused side says it, after the name of the rank that refused. */
    String why() {
        return why;
    }

    /** Unknown codes count as a refused proof, the least specific reason. */
    static Refusal ofCode(int code) {
        for (Refusal refusal : values()) {
            if (refusal.code == code) {
                return refusal;
            }
        }
        return PROOF;
    }
}
