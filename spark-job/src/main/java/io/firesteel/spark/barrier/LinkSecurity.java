package io.firesteel.spark.barrier;

import io.firesteel.engine.comm.Sealing;
import io.firesteel.engine.comm.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.SecurityManager;

/**
 * How replicas protect what they exchange: as Spark protects its own network traffic, from the same settings.
 *
 * <p>The run's secret is made by the driver and reaches executors inside the task closure, over Spark's channels. With {@code
 * spark.authenticate} Spark's own secret is mixed in, so that knowing the one without the other is worth nothing.
 *
 * @param sealing ENCRYPTION where Spark encrypts its RPC, by {@code spark.network.crypto.enabled}, its predecessor {@code
 *     spark.authenticate.enableSaslEncryption}, or {@code spark.ssl.rpc.enabled}
 * @param secret what the replicas prove to each other that they know, and what keys are made of
 */
record LinkSecurity(Sealing sealing, Secret secret) {
    private static final String MAC = "HmacSHA256";

    /** Of the process that this runs in. */
    static LinkSecurity of(SecurityManager security, Secret runSecret) {
        boolean encrypts = security.isEncryptionEnabled() || security.isSslRpcEnabled();
        String sparkSecret = security.isAuthenticationEnabled() ? security.getSecretKey() : null;
        return new LinkSecurity(encrypts ? Sealing.ENCRYPTION : Sealing.NONE, mixed(runSecret, sparkSecret));
    }

    /** @param sparkSecret null where Spark doesn't authenticate */
    private static Secret mixed(Secret runSecret, String sparkSecret) {
        if (sparkSecret == null) {
            return runSecret;
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(runSecret.bytes(), MAC));
            return Secret.of(mac.doFinal(sparkSecret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot connect replicas: this Java lacks " + MAC, e);
        }
    }
}
