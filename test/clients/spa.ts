import { type BrowserApp, startBrowserApp } from './browser-app.ts';

const app = `
import { PublicClientApplication } from '@azure/msal-browser';
globalThis.openMsal = async (auth) => {
  const app = new PublicClientApplication({ auth, cache: { cacheLocation: 'localStorage' } });
  await app.initialize();
  return app;
};`;
const bridge = `
import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';
broadcastResponseToMainFrame();`;

/** Serves an application with MSAL, and the page by which its silent answers come back. */
export function startSpa(): Promise<BrowserApp> {
  return startBrowserApp({ app, bridge });
}
