package io.firesteel.spark.config;

import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import java.util.Map;
import java.util.Optional;

/** An optimizer on a command line, in the words of a job file. */
public final class OptimizerOption {
    private OptimizerOption() {}

    /**
     * Reads an optimizer.
     *
     * @param text its type, or a YAML mapping of the keys that a job file has under {@code optimizer}; keys that are absent
     *     have the job file's defaults
     * @throws ConfigException if there is no such optimizer, or a key is wrong
     */
    public static OptimizerSpec parse(String text) {
        Problems problems = new Problems();
        String mapping = text.strip().startsWith("{") ? text : "{type: " + text + "}";
        Reading reading = new Reading(new Substitutions(Map.of(), "", Optional.empty()), problems);
        Optional<Optimization> optimizer = YamlText.ofOverride(mapping, "--optimizer " + text, "optimizer", problems)
                .flatMap(value -> OptimizerSection.TYPE.reader().read(value, "optimizer", reading));
        problems.throwIfAny();
        return optimizer.orElseThrow().optimizer();
    }
}
