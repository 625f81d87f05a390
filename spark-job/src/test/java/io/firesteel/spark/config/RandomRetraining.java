package io.firesteel.spark.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes any valid {@link Retraining}. */
final class RandomRetraining {
    /** Values as the line of YAML that they are kept as. */
    private static final List<String> VALUES = List.of(
            "3",
            "0.25",
            "1.0E-7",
            "true",
            "null",
            "\"1\"",
            "\"a \\\"b\\\" \\\\ ${run.date}\"",
            "[64, 32]",
            "[]",
            "{}",
            "{\"type\": \"sgd\", \"learningRate\": 0.1}",
            "\"\\u000a\"",
            ".inf");

    private final Random random;
    private final Supplier<String> text;

    RandomRetraining(Random random, Supplier<String> text) {
        this.random = random;
        this.text = text;
    }

    /** @param metrics that can be asked for; empty: there are no rules */
    Retraining of(List<String> metrics) {
        if (random.nextInt(4) == 0) {
            return Retraining.NONE;
        }
        return new Retraining(
                maybe(text),
                schedule(),
                checks(),
                metrics.isEmpty() ? Optional.empty() : maybe(() -> rules(metrics.get(0))),
                IntStream.range(0, random.nextInt(3)).mapToObj(this::candidate).toList(),
                new HooksConfig(maybe(this::hook), maybe(this::hook)));
    }

    private RetrainConfig schedule() {
        return new RetrainConfig(
                "alias-" + random.nextInt(9),
                pick(RetrainConfig.Start.values()),
                Duration.ofMillis(1 + random.nextInt(1_000_000)),
                size(),
                maybe(this::newData),
                maybe(() -> new BaselineConfig(text.get(), text.get())));
    }

    private NewDataConfig newData() {
        NewDataConfig.By by = pick(NewDataConfig.By.values());
        Optional<String> column = by == NewDataConfig.By.WATERMARK ? Optional.of(text.get()) : Optional.empty();
        return new NewDataConfig(by, column, pick(NewDataConfig.WhenNone.values()));
    }

    private ChecksConfig checks() {
        return new ChecksConfig(
                maybe(() ->
                        new ChecksConfig.Rows(maybe(this::count), maybe(this::count), maybe(this::share), action())),
                maybe(() -> new ChecksConfig.Nulls(share(), texts(), action())),
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i ->
                                new ChecksConfig.Range(text.get(), Optional.of(-share()), maybe(this::share), action()))
                        .toList(),
                maybe(() -> new ChecksConfig.Labels(maybe(this::share), maybe(this::share), action())),
                action(),
                maybe(() -> new ChecksConfig.Drift(
                        pick(ChecksConfig.Drift.Test.values()), share(), maybe(this::share), texts())));
    }

    private PromotionRules rules(String metric) {
        return new PromotionRules(
                metric,
                maybe(() -> pick(PromotionRules.Better.values())),
                maybe(this::share),
                maybe(this::share),
                -share(),
                share(),
                pick(PromotionRules.Test.values()),
                99 + size(),
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> new PromotionRules.Slice(text.get(), share(), size()))
                        .toList());
    }

    private CandidateConfig candidate(int index) {
        Map<String, String> set = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            set.put("train.key" + i, VALUES.get(random.nextInt(VALUES.size())));
        }
        return new CandidateConfig("candidate-" + index, set);
    }

    private HookConfig hook() {
        Duration timeout = Duration.ofSeconds(size());
        return random.nextBoolean()
                ? new HookConfig(List.of(text.get(), text.get()), Optional.empty(), timeout)
                : new HookConfig(List.of(), Optional.of("https://example.org/" + size()), timeout);
    }

    private List<String> texts() {
        return IntStream.range(0, random.nextInt(3)).mapToObj(i -> text.get()).toList();
    }

    private CheckAction action() {
        return pick(CheckAction.values());
    }

    private double share() {
        return 0.001 + 0.998 * random.nextDouble();
    }

    private long count() {
        return random.nextInt(1_000_000) * 10_000L;
    }

    private int size() {
        return 1 + random.nextInt(1000);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }
}
