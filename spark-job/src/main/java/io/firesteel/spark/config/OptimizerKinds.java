package io.firesteel.spark.config;

import io.firesteel.engine.optim.Adadelta;
import io.firesteel.engine.optim.Adagrad;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.AdamW;
import io.firesteel.engine.optim.Lamb;
import io.firesteel.engine.optim.Lars;
import io.firesteel.engine.optim.Lion;
import io.firesteel.engine.optim.NAdam;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.RAdam;
import io.firesteel.engine.optim.RmsProp;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.spark.config.KeyValues.RecordKey;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The kinds of optimizers with the keys of each; the defaults are those of PyTorch, and of the papers for the three kinds that it
 * doesn't have.
 */
final class OptimizerKinds {
    static final Key<String> TYPE = Key.required(
            "type",
            ScalarTypes.oneOf(
                    List.of(
                            "sgd",
                            "adam",
                            "adamw",
                            "rmsprop",
                            "adagrad",
                            "adadelta",
                            "nadam",
                            "radam",
                            "lion",
                            "lamb",
                            "lars"),
                    label -> label));

    private static final Key<Double> RATE = learningRate("0.001");
    private static final Key<Double> TENFOLD_RATE = learningRate("0.01");
    private static final Key<Double> ADADELTA_RATE = learningRate("1");
    private static final Key<Double> NADAM_RATE = learningRate("0.002");
    private static final Key<Double> LION_RATE = learningRate("1e-4");
    private static final Key<Double> LARS_RATE = Key.required("learningRate", positive());
    private static final Key<Double> MOMENTUM = Key.withDefault("momentum", fraction(), "0");
    private static final Key<Double> LARS_MOMENTUM = Key.withDefault("momentum", fraction(), "0.9");
    private static final Key<Double> DAMPENING =
            Key.withDefault("dampening", ScalarTypes.number(">= 0 and <= 1", value -> value >= 0 && value <= 1), "0");
    private static final Key<Boolean> NESTEROV = flag("nesterov");
    private static final Key<Double> BETA1 = Key.withDefault("beta1", fraction(), "0.9");
    private static final Key<Double> BETA2 = Key.withDefault("beta2", fraction(), "0.999");
    private static final Key<Double> LION_BETA2 = Key.withDefault("beta2", fraction(), "0.99");
    private static final Key<Double> ALPHA = Key.withDefault("alpha", fraction(), "0.99");
    private static final Key<Double> RHO = Key.withDefault("rho", fraction(), "0.9");
    private static final Key<Boolean> CENTERED = flag("centered");
    private static final Key<Double> RATE_DECAY = Key.withDefault("learningRateDecay", notNegative(), "0");
    private static final Key<Double> ACCUMULATOR = Key.withDefault("initialAccumulator", notNegative(), "0");
    private static final Key<Double> MOMENTUM_DECAY = Key.withDefault("momentumDecay", notNegative(), "0.004");
    private static final Key<Double> TRUST = Key.withDefault("trustCoefficient", positive(), "0.001");
    private static final Key<Double> EPSILON = Key.withDefault("epsilon", positive(), "1e-8");
    private static final Key<Double> ADAGRAD_EPSILON = Key.withDefault("epsilon", positive(), "1e-10");
    private static final Key<Double> LARGER_EPSILON = Key.withDefault("epsilon", positive(), "1e-6");
    private static final Key<Double> NO_DECAY = Key.withDefault("weightDecay", notNegative(), "0");
    private static final Key<Double> DECAY = Key.withDefault("weightDecay", notNegative(), "0.01");
    private static final Key<Double> LARS_DECAY = Key.withDefault("weightDecay", notNegative(), "5e-4");
    private static final Key<Boolean> DECOUPLED = flag("decoupled");

    private OptimizerKinds() {}

    /** All kinds; {@code more} are keys that each section has besides. */
    static List<Variant<OptimizerSpec, ? extends OptimizerSpec>> variants(List<Key<?>> more) {
        return List.of(
                sgd(more),
                adam(more),
                adamW(more),
                rmsProp(more),
                adagrad(more),
                adadelta(more),
                nAdam(more),
                rAdam(more),
                lion(more),
                lamb(more),
                lars(more));
    }

    private static <V extends OptimizerSpec> Variant<OptimizerSpec, V> variant(
            String label,
            Class<V> kind,
            List<Key<?>> more,
            Function<KeyValues, V> create,
            List<RecordKey<V, ?>> parameters) {
        List<Key<?>> keys = new ArrayList<>(List.of(TYPE));
        parameters.forEach(parameter -> keys.add(parameter.key()));
        keys.addAll(more);
        Schema schema = new Schema("type " + label, keys);
        Function<Section, Optional<V>> reader = section -> {
            KeyValues values = new KeyValues(section, parameters);
            return section.build(schema, () -> create.apply(values));
        };
        return new Variant<>(label, kind, schema, reader, (optimizer, mapping) -> {
            TYPE.write(label, mapping);
            parameters.forEach(parameter -> parameter.write(optimizer, mapping));
        });
    }

    private static Variant<OptimizerSpec, Sgd> sgd(List<Key<?>> more) {
        return variant(
                "sgd",
                Sgd.class,
                more,
                values -> new Sgd(
                        values.of(RATE),
                        values.of(MOMENTUM),
                        values.of(DAMPENING),
                        values.of(NESTEROV),
                        values.of(NO_DECAY)),
                List.of(
                        new RecordKey<>(RATE, Sgd::learningRate),
                        new RecordKey<>(MOMENTUM, Sgd::momentum),
                        new RecordKey<>(DAMPENING, Sgd::dampening),
                        new RecordKey<>(NESTEROV, Sgd::nesterov),
                        new RecordKey<>(NO_DECAY, Sgd::weightDecay)));
    }

    private static Variant<OptimizerSpec, Adam> adam(List<Key<?>> more) {
        return variant(
                "adam",
                Adam.class,
                more,
                values -> new Adam(
                        values.of(RATE), values.of(BETA1), values.of(BETA2), values.of(EPSILON), values.of(NO_DECAY)),
                List.of(
                        new RecordKey<>(RATE, Adam::learningRate),
                        new RecordKey<>(BETA1, Adam::beta1),
                        new RecordKey<>(BETA2, Adam::beta2),
                        new RecordKey<>(EPSILON, Adam::epsilon),
                        new RecordKey<>(NO_DECAY, Adam::weightDecay)));
    }

    private static Variant<OptimizerSpec, AdamW> adamW(List<Key<?>> more) {
        return variant(
                "adamw",
                AdamW.class,
                more,
                values -> new AdamW(
                        values.of(RATE), values.of(BETA1), values.of(BETA2), values.of(EPSILON), values.of(DECAY)),
                List.of(
                        new RecordKey<>(RATE, AdamW::learningRate),
                        new RecordKey<>(BETA1, AdamW::beta1),
                        new RecordKey<>(BETA2, AdamW::beta2),
                        new RecordKey<>(EPSILON, AdamW::epsilon),
                        new RecordKey<>(DECAY, AdamW::weightDecay)));
    }

    private static Variant<OptimizerSpec, RmsProp> rmsProp(List<Key<?>> more) {
        return variant(
                "rmsprop",
                RmsProp.class,
                more,
                values -> new RmsProp(
                        values.of(TENFOLD_RATE),
                        values.of(ALPHA),
                        values.of(EPSILON),
                        values.of(MOMENTUM),
                        values.of(CENTERED),
                        values.of(NO_DECAY)),
                List.of(
                        new RecordKey<>(TENFOLD_RATE, RmsProp::learningRate),
                        new RecordKey<>(ALPHA, RmsProp::alpha),
                        new RecordKey<>(EPSILON, RmsProp::epsilon),
                        new RecordKey<>(MOMENTUM, RmsProp::momentum),
                        new RecordKey<>(CENTERED, RmsProp::centered),
                        new RecordKey<>(NO_DECAY, RmsProp::weightDecay)));
    }

    private static Variant<OptimizerSpec, Adagrad> adagrad(List<Key<?>> more) {
        return variant(
                "adagrad",
                Adagrad.class,
                more,
                values -> new Adagrad(
                        values.of(TENFOLD_RATE),
                        values.of(RATE_DECAY),
                        values.of(ACCUMULATOR),
                        values.of(ADAGRAD_EPSILON),
                        values.of(NO_DECAY)),
                List.of(
                        new RecordKey<>(TENFOLD_RATE, Adagrad::learningRate),
                        new RecordKey<>(RATE_DECAY, Adagrad::learningRateDecay),
                        new RecordKey<>(ACCUMULATOR, Adagrad::initialAccumulator),
                        new RecordKey<>(ADAGRAD_EPSILON, Adagrad::epsilon),
                        new RecordKey<>(NO_DECAY, Adagrad::weightDecay)));
    }

    private static Variant<OptimizerSpec, Adadelta> adadelta(List<Key<?>> more) {
        return variant(
                "adadelta",
                Adadelta.class,
                more,
                values -> new Adadelta(
                        values.of(ADADELTA_RATE), values.of(RHO), values.of(LARGER_EPSILON), values.of(NO_DECAY)),
                List.of(
                        new RecordKey<>(ADADELTA_RATE, Adadelta::learningRate),
                        new RecordKey<>(RHO, Adadelta::rho),
                        new RecordKey<>(LARGER_EPSILON, Adadelta::epsilon),
                        new RecordKey<>(NO_DECAY, Adadelta::weightDecay)));
    }

    private static Variant<OptimizerSpec, NAdam> nAdam(List<Key<?>> more) {
        return variant(
                "nadam",
                NAdam.class,
                more,
                values -> new NAdam(
                        values.of(NADAM_RATE),
                        values.of(BETA1),
                        values.of(BETA2),
                        values.of(EPSILON),
                        values.of(MOMENTUM_DECAY),
                        values.of(NO_DECAY),
                        values.of(DECOUPLED)),
                List.of(
                        new RecordKey<>(NADAM_RATE, NAdam::learningRate),
                        new RecordKey<>(BETA1, NAdam::beta1),
                        new RecordKey<>(BETA2, NAdam::beta2),
                        new RecordKey<>(EPSILON, NAdam::epsilon),
                        new RecordKey<>(MOMENTUM_DECAY, NAdam::momentumDecay),
                        new RecordKey<>(NO_DECAY, NAdam::weightDecay),
                        new RecordKey<>(DECOUPLED, NAdam::decoupled)));
    }

    private static Variant<OptimizerSpec, RAdam> rAdam(List<Key<?>> more) {
        return variant(
                "radam",
                RAdam.class,
                more,
                values -> new RAdam(
                        values.of(RATE),
                        values.of(BETA1),
                        values.of(BETA2),
                        values.of(EPSILON),
                        values.of(NO_DECAY),
                        values.of(DECOUPLED)),
                List.of(
                        new RecordKey<>(RATE, RAdam::learningRate),
                        new RecordKey<>(BETA1, RAdam::beta1),
                        new RecordKey<>(BETA2, RAdam::beta2),
                        new RecordKey<>(EPSILON, RAdam::epsilon),
                        new RecordKey<>(NO_DECAY, RAdam::weightDecay),
                        new RecordKey<>(DECOUPLED, RAdam::decoupled)));
    }

    private static Variant<OptimizerSpec, Lion> lion(List<Key<?>> more) {
        return variant(
                "lion",
                Lion.class,
                more,
                values -> new Lion(values.of(LION_RATE), values.of(BETA1), values.of(LION_BETA2), values.of(NO_DECAY)),
                List.of(
                        new RecordKey<>(LION_RATE, Lion::learningRate),
                        new RecordKey<>(BETA1, Lion::beta1),
                        new RecordKey<>(LION_BETA2, Lion::beta2),
                        new RecordKey<>(NO_DECAY, Lion::weightDecay)));
    }

    private static Variant<OptimizerSpec, Lamb> lamb(List<Key<?>> more) {
        return variant(
                "lamb",
                Lamb.class,
                more,
                values -> new Lamb(
                        values.of(RATE),
                        values.of(BETA1),
                        values.of(BETA2),
                        values.of(LARGER_EPSILON),
                        values.of(DECAY)),
                List.of(
                        new RecordKey<>(RATE, Lamb::learningRate),
                        new RecordKey<>(BETA1, Lamb::beta1),
                        new RecordKey<>(BETA2, Lamb::beta2),
                        new RecordKey<>(LARGER_EPSILON, Lamb::epsilon),
                        new RecordKey<>(DECAY, Lamb::weightDecay)));
    }

    private static Variant<OptimizerSpec, Lars> lars(List<Key<?>> more) {
        return variant(
                "lars",
                Lars.class,
                more,
                values -> new Lars(
                        values.of(LARS_RATE), values.of(LARS_MOMENTUM), values.of(TRUST), values.of(LARS_DECAY)),
                List.of(
                        new RecordKey<>(LARS_RATE, Lars::learningRate),
                        new RecordKey<>(LARS_MOMENTUM, Lars::momentum),
                        new RecordKey<>(TRUST, Lars::trustCoefficient),
                        new RecordKey<>(LARS_DECAY, Lars::weightDecay)));
    }

    private static Key<Double> learningRate(String defaultText) {
        return Key.withDefault("learningRate", positive(), defaultText);
    }

    private static Key<Boolean> flag(String name) {
        return Key.withDefault(name, ScalarTypes.bool(), "false");
    }

    private static ValueType<Double> positive() {
        return ScalarTypes.number("> 0", value -> value > 0);
    }

    private static ValueType<Double> notNegative() {
        return ScalarTypes.number(">= 0", value -> value >= 0);
    }

    private static ValueType<Double> fraction() {
        return ScalarTypes.number(">= 0 and < 1", value -> value >= 0 && value < 1);
    }
}
