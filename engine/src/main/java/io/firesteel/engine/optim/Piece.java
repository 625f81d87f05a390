package io.firesteel.engine.optim;

/**
 * Neighbouring elements of one block that are updated alike.
 *
 * @param block index of the block in the slice
 * @param from first element, counted from the block's beginning
 * @param to first element after
 * @param group index of the group
 * @param segment index of the parameter, among all of the network
 * @param entry where the piece's sums stand among those of all slices
 */
record Piece(int block, int from, int to, int group, int segment, int entry) {}
