package io.firesteel.engine.handler;

import java.io.Serializable;
import java.util.Map;

/** What a handler has found out about a run, to be kept beside its report. A value. */
public sealed interface Finding extends Serializable permits LearningRateCurve, TimeProfile {
    /** The finding as text files, by their names. */
    Map<String, String> files();

    /** The finding as a line of text. */
    String headline();
}
