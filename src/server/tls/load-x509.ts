export type X509 = typeof import('@peculiar/x509');

/**
 * Loads the library that makes certificates. It takes about 0.1 s, so it is loaded only when one
 * is made.
 */
export async function loadX509(): Promise<X509> {
  // Its container, tsyringe, refuses to load without the metadata functions of `Reflect`, and asks
  // them only for what decorators wrote about constructors. Its classes take no constructor
  // arguments, so "nothing was written" is the true answer, and needed only while it loads.
  const reflect = Reflect as { getMetadata?: unknown; getOwnMetadata?: unknown };
  if (reflect.getMetadata) return import('@peculiar/x509');
  const answerNothing = () => undefined;
  Object.assign(reflect, { getMetadata: answerNothing, getOwnMetadata: answerNothing });
  try {
    return await import('@peculiar/x509');
  } finally {
    delete reflect.getMetadata;
    delete reflect.getOwnMetadata;
  }
}
