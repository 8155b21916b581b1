/** Facets of what shows in `beta` and `localtest` only. */
export const beta = { roots: ['beta', 'localtest'] } as const;
