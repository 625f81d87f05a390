/**
 * The port to a registry of models: numbered versions that never change, aliases such as {@code champion} that name one of
 * them, and a log of who became what, when and why. What a change makes of the aliases is computed here; where versions and log
 * are kept is for implementations. Uses the JDK alone. Start at {@link io.firesteel.engine.registry.ModelRegistry} and {@link
 * io.firesteel.engine.registry.RegistryState}.
 */
package io.firesteel.engine.registry;
