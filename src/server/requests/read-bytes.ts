import type { SentBytes } from '#engine/writing/media.ts';
import { headerOf, type ServiceRequest } from '../service-request.ts';

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;
const UNKNOWN = 'application/octet-stream';

/** Whether the body is said to be JSON; one without a media type is. */
export function isJson(request: ServiceRequest): boolean {
  const type = headerOf(request, 'content-type');
  return type === undefined || JSON_TYPE.test(type);
}

/** The bytes of a body, and what the client says they are. */
export function readBytes(request: ServiceRequest): SentBytes {
  const contentType = headerOf(request, 'content-type') ?? UNKNOWN;
  return { bytes: request.body ?? Buffer.alloc(0), contentType };
}
