import io.firesteel.engine.data.Rows;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.StepOutput;
import io.firesteel.engine.train.Supervised;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains a network on handwritten digits, in one process and without Spark. */
public final class TrainDigits {
    public static void main(String[] args) {
        Rows.Split digits = Rows.ofCsv(Path.of("examples/digits/digits.csv.gz"), "label").scaled(1 / 16.0).split(0.2);
        BatchSource<StepBatch> training = digits.training().inOrder(256);
        BatchSource<StepBatch> validation = digits.validation().inOrder(256);
        Mlp mlp = new Mlp(List.of(128, 64), 10, Activation.RELU);
        Adam adam = new Adam(0.001, 0.9, 0.999, 1e-8, 0);

        try (Supervised model = Supervised.create(digits.training().layout(), mlp, LossFunction.CROSS_ENTROPY, 42)) {
            Engine<StepBatch, StepOutput> trainer = model.trainer(Optimization.of(adam));
            Engine<StepBatch, Void> evaluator = model.evaluator("accuracy", "loss");

            trainer.on(Events.EPOCH_COMPLETED, engine -> {
                long epoch = engine.state().epoch();
                log("training", epoch, evaluator.run(training, RunLimit.epochs(1)).metrics());
                log("validation", epoch, evaluator.run(validation, RunLimit.epochs(1)).metrics());
            });
            trainer.run(digits.training().shuffled(64, 42), RunLimit.epochs(20));
        }
    }

    private static void log(String rows, long epoch, Map<String, Double> metrics) {
        String line = "epoch %d  %s: accuracy %.4f, loss %.4f%n";
        System.out.printf(Locale.ROOT, line, epoch, rows, metrics.get("accuracy"), metrics.get("loss"));
    }
}
