package io.firesteel.engine.metric.detection;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.ArrayList;
import java.util.List;

/** The boxes of one category in one image: all true ones, and of the detections so many of the highest scores. */
final class ImageBoxes {
    private final int limit;
    private final List<Box> truths = new ArrayList<>();
    private final List<Box> detections = new ArrayList<>();

    ImageBoxes(int limit) {
        this.limit = limit;
    }

    void addTruth(Box box) {
        truths.add(box);
    }

    void addDetection(Box box) {
        detections.add(box);
        if (detections.size() >= 2L * limit) {
            List<Box> best = detections();
            detections.clear();
            detections.addAll(best);
        }
    }

    void addAll(ImageBoxes other) {
        other.truths.forEach(this::addTruth);
        other.detections.forEach(this::addDetection);
    }

    /** In {@link Box#ORDER}. */
    List<Box> truths() {
        return truths.stream().sorted(Box.ORDER).toList();
    }

    /** In {@link Box#ORDER}, as many as count. */
    List<Box> detections() {
        return detections.stream().sorted(Box.ORDER).limit(limit).toList();
    }

    void write(StateOutput output) {
        write(truths(), output);
        write(detections(), output);
    }

    private static void write(List<Box> boxes, StateOutput output) {
        output.writeInt(boxes.size());
        boxes.forEach(box -> box.write(output));
    }

    static ImageBoxes read(int limit, StateInput input) {
        ImageBoxes boxes = new ImageBoxes(limit);
        for (int left = input.readCount(Box.BYTES); left > 0; left--) {
            boxes.truths.add(Box.read(input));
        }
        for (int left = input.readCount(Box.BYTES); left > 0; left--) {
            boxes.detections.add(Box.read(input));
        }
        return boxes;
    }
}
