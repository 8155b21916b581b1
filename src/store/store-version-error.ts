/** The store cannot be opened by this program for this model; the message says what to do. */
export class StoreVersionError extends Error {}
