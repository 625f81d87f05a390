package io.firesteel.engine.plot;

import java.util.List;

/** What a picture is made for. */
public enum Form {
    /** A file of its own: 720 pixels wide, dark on white. */
    PICTURE("#222222", "stroke=\"#dddddd\""),
    /** A part of a page: half as wide, in the page's own text colour and on its background, so that it is readable on dark ones too. */
    EMBEDDED("currentColor", "stroke=\"currentColor\" stroke-opacity=\"0.15\"");

    /** Okabe and Ito's, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    private static final int ON_ANY_BACKGROUND = 6;

    private final String ink;
    private final String grid;

    Form(String ink, String grid) {
        this.ink = ink;
        this.grid = grid;
    }

    /** The colour of text and frames. */
    String ink() {
        return ink;
    }

    /** Attributes of lines behind the data. */
    String grid() {
        return grid;
    }

    /** The colour of a line, again from the first where there are too many. */
    String colour(int series) {
        return COLOURS.get(series % (this == PICTURE ? COLOURS.size() : ON_ANY_BACKGROUND));
    }
}
