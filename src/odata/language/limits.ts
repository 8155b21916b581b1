/** How deep an expression, a search or a transformation nests. */
export const depthMax = 100;

/** How many nodes the syntax of one option holds: operands, steps, items, options. */
export const nodesMax = 2000;

/** How deep `$expand` and `$select` nest options. */
export const optionDepthMax = 6;

/** How many segments a resource path has. */
export const segmentsMax = 50;

/** How long an identifier is (OData ABNF 4.01, odataIdentifier). */
export const identifierCharactersMax = 128;
