package io.firesteel.spark.config;

import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.LeNet;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.UserModel;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys under {@code model}: {@code type} chooses a network of the engine, {@code class} names one of the user's. */
final class ModelSection {
    private static final Pattern CLASS_NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");
    private static final String WITH_CLASS = "class";

    private static final Key<String> TYPE_KEY =
            Key.optional("type", ScalarTypes.oneOf(List.of("mlp", "lenet", "linear"), label -> label));
    private static final Key<List<Integer>> HIDDEN =
            Key.required("hidden", CollectionTypes.listOf(ScalarTypes.wholeNumber(1), 0, "whole numbers >= 1"));
    private static final Key<Integer> OUTPUTS = Key.required("outputs", ScalarTypes.wholeNumber(1));
    private static final Key<Activation> ACTIVATION =
            Key.withDefault("activation", ScalarTypes.oneOf(List.of(Activation.values()), Activation::label), "relu");
    static final ValueType<String> CLASS_NAME_TYPE = ScalarTypes.text(CLASS_NAME, "the full name of a class");
    private static final Key<String> CLASS = Key.optional(WITH_CLASS, CLASS_NAME_TYPE);
    private static final Key<Map<String, String>> OPTIONS = Key.withDefault("options", CollectionTypes.options(), "{}");

    private static final Schema MLP = new Schema("type mlp", List.of(TYPE_KEY, HIDDEN, OUTPUTS, ACTIVATION));
    private static final Schema LENET = new Schema("type lenet", List.of(TYPE_KEY, OUTPUTS));
    private static final Schema LINEAR = new Schema("type linear", List.of(TYPE_KEY, OUTPUTS));
    private static final Schema USER = new Schema(WITH_CLASS, List.of(CLASS, OPTIONS));
    private static final List<Variant<ModelSpec, ? extends ModelSpec>> VARIANTS = List.of(
            new Variant<>("mlp", Mlp.class, MLP, ModelSection::readMlp, ModelSection::writeMlp),
            new Variant<>("lenet", LeNet.class, LENET, ModelSection::readLeNet, (model, mapping) -> {
                TYPE_KEY.write("lenet", mapping);
                OUTPUTS.write(model.outputs(), mapping);
            }),
            new Variant<>("linear", Linear.class, LINEAR, ModelSection::readLinear, (model, mapping) -> {
                TYPE_KEY.write("linear", mapping);
                OUTPUTS.write(model.outputs(), mapping);
            }),
            new Variant<>(WITH_CLASS, UserModel.class, USER, ModelSection::readUserModel, (model, mapping) -> {
                CLASS.write(model.className(), mapping);
                OPTIONS.write(model.options(), mapping);
            }));

    static final ValueType<ModelSpec> TYPE =
            ValueType.section(ModelSection::read, model -> Variant.write(model, VARIANTS), Variant.schemas(VARIANTS));

    private ModelSection() {}

    private static Optional<ModelSpec> read(Section section) {
        if (!section.requireOne(TYPE_KEY, CLASS)) {
            return Optional.empty();
        }
        Optional<String> label = section.has(CLASS) ? Optional.of(WITH_CLASS) : section.find(TYPE_KEY);
        return VARIANTS.stream()
                .filter(variant -> label.isPresent() && variant.label().equals(label.get()))
                .findFirst()
                .flatMap(variant -> variant.read(section));
    }

    private static Optional<Mlp> readMlp(Section section) {
        List<Integer> hidden = section.read(HIDDEN);
        Integer outputs = section.read(OUTPUTS);
        Activation activation = section.read(ACTIVATION);
        return section.build(MLP, () -> new Mlp(hidden, outputs, activation));
    }

    private static void writeMlp(Mlp model, Map<String, Object> mapping) {
        TYPE_KEY.write("mlp", mapping);
        HIDDEN.write(model.hidden(), mapping);
        OUTPUTS.write(model.outputs(), mapping);
        ACTIVATION.write(model.activation(), mapping);
    }

    private static Optional<LeNet> readLeNet(Section section) {
        Integer outputs = section.read(OUTPUTS);
        return section.build(LENET, () -> new LeNet(outputs));
    }

    private static Optional<Linear> readLinear(Section section) {
        Integer outputs = section.read(OUTPUTS);
        return section.build(LINEAR, () -> new Linear(outputs));
    }

    private static Optional<UserModel> readUserModel(Section section) {
        String className = section.read(CLASS);
        Map<String, String> options = section.read(OPTIONS);
        return section.build(USER, () -> new UserModel(className, options));
    }
}
