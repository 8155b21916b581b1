import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { IPublicClientApplication } from '@azure/msal-browser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startKith } from '../running-kith.ts';
import { type BrowserApp, startBrowserApp } from './browser-app.ts';
import { noChromium as skip, startChromium } from './chromium.ts';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';
import { readProgram } from './read-program.ts';
import { startSpa } from './spa.ts';

const { ada, ben, spa, tenant } = contoso;
const timeout = 15_000;

let running: RunningContoso;
let app: BrowserApp;
let browser: Browser;

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Complaints of the console: a policy that is violated stands there. */
  readonly complaints: string[];
}

/** What the application puts into its window. */
declare const openMsal: (auth: object) => Promise<IPublicClientApplication>;

async function openApp(): Promise<Opened> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${app.origin}/`);
  return { page, context, complaints };
}

function authOf(redirect = '/') {
  return {
    clientId: spa.id,
    authority: `${running.kith.httpsOrigin}/${tenant}`,
    knownAuthorities: [`localhost:${running.kith.port}`],
    redirectUri: app.origin + redirect,
  };
}

/** Signs somebody in by leaving the application and coming back. */
async function signIn(page: Page, name: string): Promise<{ username: string; token: string }> {
  const auth = authOf();
  await page.evaluate(async (options) => {
    const client = await openMsal(options);
    // The page goes away under it.
    client.loginRedirect({ scopes: ['User.Read'] }).catch(() => undefined);
  }, auth);
  await page.getByRole('button', { name }).click();
  await page.waitForURL((url) => url.href.startsWith(app.origin), { waitUntil: 'load' });
  return page.evaluate(async (options) => {
    const client = await openMsal(options);
    const result = await client.handleRedirectPromise();
    return { username: result?.account.username ?? '', token: result?.accessToken ?? '' };
  }, auth);
}

describe('MSAL in a real browser', { skip }, () => {
  before(async () => {
    running = await startContoso();
    app = await startSpa();
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await app?.[Symbol.asyncDispose]();
    await running?.[Symbol.asyncDispose]();
  });

  test('a person signs in by redirect, from a page that a real browser shows', async () => {
    const { page, context, complaints } = await openApp();
    const { username, token } = await signIn(page, 'Ada Lovelace');
    assert.equal(username, ada.name);
    const status = await page.evaluate(
      async ([url, bearer]) =>
        (await fetch(url!, { headers: { authorization: `Bearer ${bearer}` } })).status,
      [`${running.kith.httpsOrigin}/v1.0/me`, token],
    );
    assert.equal(status, 200);
    assert.deepEqual(
      complaints.filter((each) => !each.includes('favicon')),
      [],
    );
    await context.close();
  });

  test('tokens are renewed and widened without a page', async () => {
    const { page, context } = await openApp();
    const first = await signIn(page, 'Ada Lovelace');
    const renewed = await page.evaluate(async (options) => {
      const client = await openMsal(options);
      const [account] = client.getAllAccounts();
      const again = { account: account!, scopes: ['User.Read'] };
      const cached = await client.acquireTokenSilent(again);
      const fresh = await client.acquireTokenSilent({ ...again, forceRefresh: true });
      const wide = await client.acquireTokenSilent({ ...again, scopes: ['User.ReadWrite.All'] });
      return { fromCache: cached.fromCache, fresh: fresh.accessToken, scopes: wide.scopes };
    }, authOf());
    assert.equal(renewed.fromCache, true);
    assert.notEqual(renewed.fresh, first.token);
    assert.ok(renewed.scopes.includes('User.ReadWrite.All'));
    await context.close();
  });

  test('ssoSilent finds a person by login_hint, in a frame', async () => {
    const { page, context } = await openApp();
    const username = await page.evaluate(
      async ([options, loginHint]) => {
        const client = await openMsal(options as object);
        const result = await client.ssoSilent({
          scopes: ['User.Read'],
          loginHint: loginHint as string,
        });
        return result.account.username;
      },
      [authOf('/bridge'), ben.name],
    );
    assert.equal(username, ben.name);
    await context.close();
  });

  test('signing out comes back to the application, and asks who somebody is again', async () => {
    const { page, context } = await openApp();
    await signIn(page, 'Ada Lovelace');
    await page.evaluate(async (options) => {
      const client = await openMsal(options);
      client.logoutRedirect({ postLogoutRedirectUri: options.redirectUri }).catch(() => undefined);
    }, authOf('/left'));
    await page.waitForURL(/\/left(\?|$)/, { waitUntil: 'load' });
    // MSAL has to see that it is back before it begins anything else.
    await page.evaluate(async (options) => {
      const client = await openMsal(options);
      await client.handleRedirectPromise();
    }, authOf());
    await page.goto(`${app.origin}/`);
    await signIn(page, 'Ben Lister');
    await context.close();
  });

  test('the program of its guide greets whoever signs in', async () => {
    await using kith = await startKith();
    await using guided = await startBrowserApp({ app: await readProgram('msal-browser', kith) });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(guided.origin);
    await page.getByRole('button', { name: 'Mira Oakley' }).click({ timeout });
    await page.getByText('Hello, Mira Oakley').waitFor({ timeout });
    await context.close();
  });
});
