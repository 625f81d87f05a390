package io.firesteel.spark.config;

import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Puts text of several lines in double quotes: the library's block style loses spaces where a line starts with some. */
final class JobRepresenter extends StandardRepresenter {
    JobRepresenter(DumpSettings settings) {
        super(settings);
        representers.put(String.class, value -> text((String) value));
    }

    private Node text(String text) {
        boolean isOneLine = text.chars().noneMatch(Character::isISOControl);
        return representScalar(Tag.STR, text, isOneLine ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
}
