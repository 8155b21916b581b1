import { encodeMessage } from '../encode-message.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';

/** What the paths of status monitors begin with, below a root. */
export const MONITOR_PATH = '/$async/';
/** Most requests are answered sooner than that. */
export const RETRY: Readonly<Record<string, string>> = { 'Retry-After': '1' };

/** Whether a path is that of a status monitor. */
export function isMonitorPath(path: string): boolean {
  return path.startsWith(MONITOR_PATH);
}

/**
 * The final answer as its status monitor gives it (OData Protocol 4.01, sections 8.3.1 and 11.6):
 * as an HTTP message where the client takes one, which a client of 4.0 does if it does not say
 * otherwise; else itself, with its status in the header AsyncResult.
 */
export function formatMonitor(request: ServiceRequest, answer: ServiceAnswer): ServiceAnswer {
  const { status, body } = answer;
  const headers = { 'OData-Version': '4.0', ...answer.headers };
  if (!takesMessage(request)) {
    return { status: 200, headers: { ...headers, AsyncResult: String(status) }, body };
  }
  return {
    status: 200,
    headers: { 'Content-Type': 'application/http', 'Content-Transfer-Encoding': 'binary' },
    body: encodeMessage({ status, headers, body }),
  };
}

function takesMessage(request: ServiceRequest): boolean {
  const accept = headerOf(request, 'accept') ?? '*/*';
  if (/\bapplication\/http\b/i.test(accept)) return true;
  return headerOf(request, 'odata-maxversion')?.trim() === '4.0' && accept.includes('*/*');
}
