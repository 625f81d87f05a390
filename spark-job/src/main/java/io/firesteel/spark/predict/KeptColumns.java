package io.firesteel.spark.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What is kept of a row that is predicted.
 *
 * @param places of the columns in the row, in the order of the result
 * @param types of those columns
 */
record KeptColumns(List<Integer> places, List<DataType> types) implements Serializable {
    KeptColumns {
        places = List.copyOf(places);
        types = List.copyOf(types);
    }

    /** Makes one row after another of what is kept, in one object; for one thread. */
    UnsafeProjection projection() {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            columns.add(new BoundReference(places.get(i), types.get(i), true));
        }
        return UnsafeProjection.create(CollectionConverters.asScala(columns).toSeq());
    }
}
