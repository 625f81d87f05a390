package io.firesteel.engine.metric.detection;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All boxes by category and image, both in order. */
final class Boxes implements MetricState<Boxes> {
    private final int limit;
    private final NavigableMap<Long, NavigableMap<String, ImageBoxes>> categories = new TreeMap<>();
    private long rows;

    /**
     * No boxes.
     *
     * @param limit how many detections of a category in an image are kept
     */
    Boxes(int limit) {
        this.limit = limit;
    }

    /** Counts a row; call it once for each. */
    void count() {
        rows++;
    }

    ImageBoxes of(long category, String image) {
        return categories
                .computeIfAbsent(category, key -> new TreeMap<>())
                .computeIfAbsent(image, key -> new ImageBoxes(limit));
    }

    /** For each category the boxes of each image. */
    NavigableMap<Long, NavigableMap<String, ImageBoxes>> categories() {
        return categories;
    }

    @Override
    public Boxes plus(Boxes other) {
        Boxes merged = new Boxes(limit);
        merged.rows = Math.addExact(rows, other.rows);
        merged.addAll(this);
        merged.addAll(other);
        return merged;
    }

    private void addAll(Boxes other) {
        other.categories.forEach((category, images) ->
                images.forEach((image, boxes) -> of(category, image).addAll(boxes)));
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        output.writeInt(categories.size());
        categories.forEach((category, images) -> {
            output.writeLong(category);
            output.writeInt(images.size());
            images.forEach((image, boxes) -> {
                output.writeText(image);
                boxes.write(output);
            });
        });
    }

    static Boxes read(int limit, StateInput input) {
        Boxes state = new Boxes(limit);
        state.rows = input.readLong();
        for (int left = input.readCount(Long.BYTES); left > 0; left--) {
            long category = input.readLong();
            NavigableMap<String, ImageBoxes> images = new TreeMap<>();
            for (int leftImages = input.readCount(Integer.BYTES); leftImages > 0; leftImages--) {
                images.put(input.readText(), ImageBoxes.read(limit, input));
            }
            state.categories.put(category, images);
        }
        return state;
    }
}
