import type { Server as HttpServer, ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as HttpsServer } from 'node:https';
import { ConfigError } from '../config/config-error.ts';
import { createServer } from '../node-http.ts';

/** Two servers for one port, with the same limits. */
export interface Servers {
  readonly http: HttpServer;
  readonly https: HttpsServer;
}

const limits: ServerOptions = {
  // A URL may have 16 KB; twice that is left for the headers, tokens among them.
  maxHeaderSize: 48 * 1024,
  headersTimeout: 15_000,
  // 4 MB of a photo in that time is 35 KB/s.
  requestTimeout: 120_000,
  // Longer than the 60 s of usual load balancers, so that they are the ones who close.
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 2_000,
};

const HANDSHAKE_MS = 10_000;

/**
 * Makes the servers, not yet listening, for a certificate chain and key (PEM). Listeners are given
 * to the HTTP server alone: what arrives by HTTPS, requests and malformed ones ('clientError'),
 * goes to them too. Throws ConfigError where certificate and key are unusable.
 */
export function openServers(tls: { readonly cert: string; readonly key: string }): Servers {
  const http = createServer(limits);
  const https = openTlsServer(tls);
  https.on('request', (request, response) => http.emit('request', request, response));
  https.on('clientError', (error, socket) => {
    if (!http.emit('clientError', error, socket)) socket.destroy();
  });
  // Node reports a failed handshake as a 'clientError' too, but no answer can reach that client.
  https.removeAllListeners('tlsClientError');
  https.on('tlsClientError', (_error, socket) => socket.destroy());
  return { http, https };
}

function openTlsServer(tls: { readonly cert: string; readonly key: string }): HttpsServer {
  try {
    return createTlsServer({
      ...limits,
      ...tls,
      minVersion: 'TLSv1.2',
      handshakeTimeout: HANDSHAKE_MS,
    });
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigError(`Certificate and key cannot be used together: ${message}.`, {
      cause: error,
    });
  }
}
