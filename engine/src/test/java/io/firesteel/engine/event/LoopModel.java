package io.firesteel.engine.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The loop once more, as plain nested loops over numbers, written from Ignite's description and not from {@link Loop}: what
 * should fire, and what should be read. Runs to the end at once; where the engine is to be suspended it notes an INTERRUPT.
 */
final class LoopModel {
    /** What a handler asks of the loop. */
    enum Wish {
        TERMINATE,
        TERMINATE_WITHOUT_COMPLETED,
        END_EPOCH,
        END_EPOCH_WITHOUT_COMPLETED,
        INTERRUPT
    }

    /**
     * What is run.
     *
     * @param data batches of a pass; 0: no data
     * @param sized whether the source knows that
     * @param passes how many passes have batches
     * @param inEpochs whether the limit counts epochs
     * @param limit of the run
     * @param epochLength given to the run; 0: none
     */
    record Setting(long data, boolean sized, long passes, boolean inEpochs, long limit, long epochLength) {}

    private static final class RunLeft extends RuntimeException {}

    private static final class EpochLeft extends RuntimeException {}

    private final Setting setting;
    private final Map<String, Set<Wish>> wishes;
    private final Map<String, Integer> fired = new HashMap<>();
    private final List<String> trace = new ArrayList<>();

    private long epoch;
    private long iteration;
    private long inEpoch;
    private long epochLength;
    private long pass = 1;
    private long read;
    private boolean over;
    private boolean wantsEnd;
    private boolean endWithoutCompleted;
    private boolean wantsEpochEnd;
    private boolean epochEndWithoutCompleted;
    private boolean wantsInterrupt;

    LoopModel(Setting setting, Map<String, Set<Wish>> wishes) {
        this.setting = setting;
        this.wishes = wishes;
        this.epochLength = setting.epochLength > 0 ? setting.epochLength : setting.sized ? setting.data : -1;
    }

    List<String> trace() {
        try {
            event("STARTED");
            while (!isDone()) {
                epoch();
            }
        } catch (RunLeft left) {
            fire("TERMINATE");
        }
        if (!endWithoutCompleted) {
            fire("COMPLETED");
        }
        return trace;
    }

    private boolean isDone() {
        return over || epochLength == 0 || (setting.inEpochs ? epoch : iteration) >= setting.limit;
    }

    private void epoch() {
        epoch++;
        inEpoch = 0;
        boolean completes = true;
        try {
            event("EPOCH_STARTED");
            iterations();
        } catch (EpochLeft left) {
            fire("TERMINATE_SINGLE_EPOCH");
            if (read > 0) {
                pass++;
                read = 0;
            }
            completes = !epochEndWithoutCompleted;
        }
        wantsEpochEnd = false;
        epochEndWithoutCompleted = false;
        if (completes) {
            fire("EPOCH_COMPLETED");
        }
        obey();
    }

    private void iterations() {
        while (epochLength < 0 || inEpoch < epochLength) {
            if (!setting.inEpochs && iteration >= setting.limit) {
                throw new RunLeft();
            }
            if (setting.data > 0 && !fetch()) {
                return;
            }
            iteration++;
            inEpoch++;
            event("ITERATION_STARTED");
            trace.add("batch " + (setting.data > 0 ? Long.toString(read - 1) : "null"));
            event("ITERATION_COMPLETED");
        }
    }

    private boolean fetch() {
        event("GET_BATCH_STARTED");
        if (isDry()) {
            if (epochLength < 0) {
                epochLength = inEpoch;
                return false;
            }
            event("DATALOADER_STOP_ITERATION");
            pass++;
            read = 0;
            if (isDry()) {
                over = inEpoch == 0 && !setting.inEpochs;
                return false;
            }
        }
        read++;
        event("GET_BATCH_COMPLETED");
        return true;
    }

    private boolean isDry() {
        return pass > setting.passes || read >= setting.data;
    }

    private void event(String name) {
        fire(name);
        obey();
    }

    private void fire(String name) {
        trace.add(name + "(" + epoch + "," + iteration + ")");
        int times = fired.merge(name, 1, Integer::sum);
        wishes.getOrDefault(name + " " + times, Set.of()).forEach(wish -> wish(name, wish));
    }

    private void wish(String event, Wish wish) {
        boolean mayEndEpoch = event.startsWith("GET") || event.startsWith("ITER") || event.startsWith("DATA");
        switch (wish) {
            case TERMINATE, TERMINATE_WITHOUT_COMPLETED -> {
                boolean mayEnd = !event.equals("TERMINATE") && !event.equals("COMPLETED");
                endWithoutCompleted |= !wantsEnd && wish == Wish.TERMINATE_WITHOUT_COMPLETED && mayEnd;
                wantsEnd = true;
            }
            case END_EPOCH, END_EPOCH_WITHOUT_COMPLETED -> {
                wantsEpochEnd |= mayEndEpoch;
                epochEndWithoutCompleted |= mayEndEpoch && wish == Wish.END_EPOCH_WITHOUT_COMPLETED;
            }
            case INTERRUPT -> wantsInterrupt = true;
        }
    }

    private void obey() {
        if (wantsEnd) {
            throw new RunLeft();
        }
        if (wantsEpochEnd) {
            throw new EpochLeft();
        }
        if (wantsInterrupt) {
            wantsInterrupt = false;
            trace.add("INTERRUPT(" + epoch + "," + iteration + ")");
        }
    }
}
