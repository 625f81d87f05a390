package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Kind;
import io.firesteel.spark.config.YamlValue.Mapping;
import io.firesteel.spark.config.YamlValue.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The text of a job file: read into a {@link JobConfig}, and written from one. */
public final class JobFile {
    private JobFile() {}

    /**
     * Reads a job.
     *
     * @param text the file's YAML
     * @param fileName how messages call the file
     * @param substitutions what names in values stand for
     * @param overrides each {@code key=value}: a dotted path, list entries by index, and a YAML value that takes the
     *     place of the file's; later ones win
     * @throws ConfigException if the file or an override is wrong; lists every problem found
     */
    public static JobConfig parse(String text, String fileName, Substitutions substitutions, List<String> overrides) {
        Problems problems = new Problems();
        Mapping root = root(text, fileName, problems);
        for (String override : overrides) {
            root = KeyOverride.apply(root, override, problems);
        }
        Optional<JobConfig> job = JobSection.read(new Section(root, "", new Reading(substitutions, problems)));
        problems.throwIfAny();
        return job.orElseThrow();
    }

    /** The top of the file; without one there is nothing to go on with. */
    private static Mapping root(String text, String fileName, Problems problems) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Optional<YamlValue> value = YamlText.ofFile(withoutMark, fileName, problems);
        if (value.isPresent() && value.get() instanceof Mapping mapping) {
            return mapping;
        }
        value.ifPresent(other -> problems.add(other.origin(), "", notAMapping(other)));
        problems.throwIfAny();
        throw new IllegalStateException("Cannot parse " + fileName + ": no value and no problem");
    }

    private static String notAMapping(YamlValue value) {
        boolean isNothing = value instanceof Scalar scalar && scalar.kind() == Kind.NULL;
        return "Invalid job file: " + (isNothing ? "it is empty" : value.shown()) + " (must be a mapping of keys)";
    }

    /** The job as YAML with every default spelled out; {@link #parse} reads an equal job from it. */
    public static String toYaml(JobConfig job) {
        return dump(JobSection.write(job));
    }

    /** As {@link #toYaml}, for others to read: the secrets among the options of sources and the
     * paths of webhooks are left out. */
    public static String toYamlWithoutSecrets(JobConfig job) {
        Map<String, Object> mapping = JobSection.write(job);
        mapping.computeIfPresent("data", (key, data) -> SecretOptions.redactedSource(data));
        mapping.computeIfPresent("hooks", (key, hooks) -> SecretOptions.redactedHooks(hooks));
        return dump(mapping);
    }

    /**
     * The part of a job that is needed to use the model that it trained.
     *
     * @param features the job's, each with the names of its columns and its shape as the data had them
     */
    public static String modelToYaml(JobConfig job, List<FeatureConfig> features) {
        return dump(JobSection.writeModel(job, features));
    }

    /**
     * Reads what {@link #modelToYaml} writes.
     *
     * @param text the file's YAML
     * @param fileName how messages call the file
     * @throws ConfigException if it is something else; lists every problem found
     */
    public static ModelConfig parseModel(String text, String fileName) {
        Problems problems = new Problems();
        Mapping root = root(text, fileName, problems);
        Substitutions none = new Substitutions(Map.of(), "", Optional.empty());
        Optional<ModelConfig> model = JobSection.readModel(new Section(root, "", new Reading(none, problems)));
        problems.throwIfAny();
        return model.orElseThrow();
    }

    private static String dump(Map<String, Object> mapping) {
        DumpSettings settings = DumpSettings.builder()
                .setSchema(new CoreSchema())
                .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
                .setDereferenceAliases(true)
                .setSplitLines(false)
                .build();
        return new Dump(settings, new JobRepresenter(settings)).dumpToString(mapping);
    }
}
