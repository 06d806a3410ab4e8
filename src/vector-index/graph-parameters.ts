/** Links a node keeps on each level but the lowest, which has twice as many. */
export const GRAPH_M = 24;

/** Candidates kept while a point is linked in. 400 builds twice as long and finds no more. */
export const GRAPH_EF_CONSTRUCTION = 200;

/** Of snapshots. Rises when one of an older program must not be read any more. */
export const SNAPSHOT_FORMAT_VERSION = 2;
