/** How deep a bound expression nests, with what aliases and `$compute` put into it. */
export const depthMax = 200;

/** How many operands and steps all bound expressions of one option hold, aliases resolved. */
export const nodesMax = 10_000;

/** How deep `$expand` nests. */
export const expandDepthMax = 6;

/** The greatest number that `$levels` takes; `max` has no number. */
export const levelsMax = 100;

/** How many navigations one `*` of `$expand` stands for, with its `$levels`. */
export const starMax = 200;
