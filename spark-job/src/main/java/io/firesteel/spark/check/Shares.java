package io.firesteel.spark.check;

import io.firesteel.spark.check.Histogram.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The shares of the same groups of values in two sets of rows.
 *
 * @param before of the rows compared with; these add up to 1
 * @param now of the rows in question, in the same order
 */
record Shares(List<Double> before, List<Double> now) {
    /** What stands in for the share of a group that is empty, so that its logarithm is a number. */
    private static final double EMPTY = 1e-4;

    private static final int GROUPS = 10;

    Shares {
        before = List.copyOf(before);
        now = List.copyOf(now);
    }

    /**
     * Groups of numbers that hold about a tenth of those before each. The outermost have no bounds, unless they are of one number
     * alone: then others beyond it have a group of their own, or a column that was constant couldn't be seen to change.
     */
    static Shares of(Histogram before, Histogram now) {
        List<Bin> groups = before.grouped(GROUPS);
        List<Cut> cuts = new ArrayList<>();
        if (groups.get(0).isOneNumber()) {
            cuts.add(new Cut(groups.get(0).least(), Side.BELOW));
        }
        for (int i = 0; i < groups.size() - 1; i++) {
            cuts.add(new Cut(groups.get(i).largest(), Side.UP_TO));
        }
        Bin last = groups.get(groups.size() - 1);
        if (last.isOneNumber()) {
            cuts.add(new Cut(last.largest(), Side.UP_TO));
        }
        return new Shares(between(before, cuts), between(now, cuts));
    }

    private static List<Double> between(Histogram histogram, List<Cut> cuts) {
        List<Double> shares = new ArrayList<>();
        double below = 0;
        for (Cut cut : cuts) {
            double upTo = histogram.share(cut.number, cut.side).likely();
            shares.add(upTo - below);
            below = upTo;
        }
        shares.add(1 - below);
        return shares;
    }

    /** A group for each of the most frequent values of either, and one for all others. */
    static Shares of(CategorySummary before, CategorySummary now) {
        Set<String> names = new LinkedHashSet<>(before.counts().keySet());
        names.addAll(now.counts().keySet());
        List<Double> sharesBefore = new ArrayList<>();
        List<Double> sharesNow = new ArrayList<>();
        for (String name : names) {
            sharesBefore.add((double) before.counts().getOrDefault(name, 0L) / before.count());
            sharesNow.add((double) now.counts().getOrDefault(name, 0L) / now.count());
        }
        sharesBefore.add((double) before.other() / before.count());
        sharesNow.add((double) now.other() / now.count());
        return new Shares(sharesBefore, sharesNow);
    }

    /**
     * The population stability index: the sum of (q − p) ln(q / p) over the groups, p their shares before and q now, each at least
     * 0.0001. A habit of those who use it: below 0.1 nothing has moved, above 0.25 much has.
     *
     * @see <a href="https://doi.org/10.1002/9781119201731">Siddiqi, Credit Risk Scorecards, 2006</a>
     */
    double stabilityIndex() {
        double index = 0;
        for (int i = 0; i < before.size(); i++) {
            double p = Math.max(before.get(i), EMPTY);
            double q = Math.max(now.get(i), EMPTY);
            index += (q - p) * Math.log(q / p);
        }
        return index;
    }

    /** The total variation distance: half the sum of |q − p|, the largest difference of the shares of any set of groups. */
    double totalVariation() {
        double sum = 0;
        for (int i = 0; i < before.size(); i++) {
            sum += Math.abs(now.get(i) - before.get(i));
        }
        return sum / 2;
    }

    /** Groups that one of both has values in. */
    int used() {
        int used = 0;
        for (int i = 0; i < before.size(); i++) {
            used += before.get(i) > 0 || now.get(i) > 0 ? 1 : 0;
        }
        return used;
    }

    private record Cut(double number, Side side) {}
}
