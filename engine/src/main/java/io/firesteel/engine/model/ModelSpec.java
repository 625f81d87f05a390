package io.firesteel.engine.model;

import java.io.Serializable;

/** Which network a job trains, as the job file names it: a value that crosses Spark and builds one Block per replica. */
public sealed interface ModelSpec extends Serializable permits Mlp, LeNet, Linear, UserModel {}
