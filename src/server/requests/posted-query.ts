import { isUtf8 } from 'node:buffer';
import { Refusal } from '#errors.ts';
import { headerOf, type ServiceRequest } from '../service-request.ts';

const SUFFIX = /\/(?:\$|%24)query$/;
/** Media types of a body that holds options as a URL does. */
const OPTIONS_TYPE = /^(?:text\/plain|application\/x-www-form-urlencoded)\s*(?:;|$)/i;

/** Whether a path ends in `/$query`. */
export function isPostedQuery({ path }: ServiceRequest): boolean {
  return SUFFIX.test(path);
}

/**
 * The GET that a POST to `/$query` stands for, with the options in its body behind those of its URL
 * (OData Protocol 4.01, section 11.2.6.7.5; URL Conventions, section 4.16); undefined for any other
 * request. Refuses other methods with 405, other media types with 415.
 */
export function readPostedQuery(request: ServiceRequest): ServiceRequest | undefined {
  const { method, path, query, body } = request;
  if (!isPostedQuery(request)) return undefined;
  if (method !== 'POST') {
    const headers = { Allow: 'POST, OPTIONS' };
    const message = 'Specified HTTP method is not allowed for the request target.';
    throw new Refusal('methodNotAllowed', message, { target: '$query', headers });
  }
  const type = headerOf(request, 'content-type');
  if (!type || !OPTIONS_TYPE.test(type)) {
    const message = `The Content-Type '${type ?? ''}' is not supported; send text/plain.`;
    throw new Refusal('unsupportedMediaType', message, { target: 'Content-Type' });
  }
  const written = body ?? Buffer.alloc(0);
  if (!isUtf8(written)) {
    throw new Refusal('malformedRequest', 'The options in the body are not UTF-8.');
  }
  const options = [query, written.toString('utf8').trim()].filter((each) => each !== '');
  const resource = path.replace(SUFFIX, '');
  return { ...request, method: 'GET', path: resource, query: options.join('&'), body: undefined };
}
