package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM (NIST SP 800-38D) with a key of 256 bits for each direction of the connection. The nonce is the number of the record,
 * which isn't sent: a record that is left out, repeated or moved doesn't open.
 */
final class EncryptionSeal implements Seal {
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final Cipher cipher;
    private final SecretKey ownKey;
    private final SecretKey peerKey;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private long sealedRecords;
    private long openedRecords;

    /** Of a connection whose keys are used for nothing else. */
    EncryptionSeal(byte[] ownKey, byte[] peerKey) {
        this.ownKey = new SecretKeySpec(ownKey, "AES");
        this.peerKey = new SecretKeySpec(peerKey, "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    @Override
    public int overhead() {
        return TAG_BYTES;
    }

    @Override
    public void seal(ByteBuffer content, ByteBuffer target) {
        try {
            start(Cipher.ENCRYPT_MODE, ownKey, sealedRecords++);
            cipher.doFinal(content, target);
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    @Override
    public void open(ByteBuffer sealed, ByteBuffer target) throws Wire.DamagedException {
        int length = sealed.remaining() - TAG_BYTES;
        try {
            start(Cipher.DECRYPT_MODE, peerKey, openedRecords++);
            cipher.doFinal(sealed, target);
        } catch (AEADBadTagException e) {
            Wire.DamagedException damaged = new Wire.DamagedException(
                    "sent a record that was damaged or forged on its way (" + length + " bytes of AES-GCM)");
            damaged.initCause(e);
            throw damaged;
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    private void start(int mode, SecretKey key, long record) throws GeneralSecurityException {
        ByteBuffer.wrap(nonce).putLong(NONCE_BYTES - Long.BYTES, record);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    }

    private static IllegalStateException unsupported(GeneralSecurityException e) {
        return new IllegalStateException(
                "Cannot encrypt the exchange: this Java's AES/GCM fails: " + e.getMessage() + " (expected AES-256)", e);
    }
}
