/**
 * Networks: specs that build a DJL Block, the parameter layout and its flat memory, names as PyTorch has them. Uses
 * {@code data} and DJL. Start at {@link io.firesteel.engine.model.ModelSpec}.
 */
package io.firesteel.engine.model;
