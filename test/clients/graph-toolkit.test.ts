import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type RunningKith, startKith } from '../running-kith.ts';
import { type BrowserApp, startBrowserApp } from './browser-app.ts';
import { noChromium as skip, startChromium } from './chromium.ts';
import { readProgram } from './read-program.ts';

const timeout = 20_000;
const mira = 'mira@fernhollow.example';

/** A provider with a client of its own, and components on the page. */
const simple = `
import * as components from '@microsoft/mgt-components';
import { Graph, Providers, ProviderState, SimpleProvider } from '@microsoft/mgt-element';
import { Client } from '@microsoft/microsoft-graph-client';

globalThis.show = (baseUrl, token, html) => {
  const provider = new SimpleProvider(async () => token);
  const customHosts = new Set([new URL(baseUrl).hostname]);
  provider.graph = new Graph(
    Client.initWithMiddleware({ baseUrl, customHosts, authProvider: provider }),
  );
  provider.setState(ProviderState.SignedIn);
  Providers.globalProvider = provider;
  components.registerMgtPersonComponent();
  components.registerMgtPersonCardComponent();
  components.registerMgtPeoplePickerComponent();
  document.querySelector('main').innerHTML = html;
};`;

/** What the application puts into its window. */
declare const show: (baseUrl: string, token: string, html: string) => void;

let kith: RunningKith;
let app: BrowserApp;
let browser: Browser;

async function openPage(path: string): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  await page.goto(app.origin + path);
  return page;
}

async function showComponents(html: string): Promise<Page> {
  const page = await openPage('/simple');
  const token = await kith.token({ user: mira, scopes: ['User.Read.All', 'Group.Read.All'] });
  await page.evaluate(
    ([url, bearer, text]) => show(url!, bearer!, text!),
    [kith.httpsOrigin, token, html],
  );
  return page;
}

describe('Graph Toolkit in a real browser', { skip }, () => {
  before(async () => {
    kith = await startKith();
    app = await startBrowserApp({ app: await readProgram('graph-toolkit', kith), simple });
    const toKith = `MAP graph.microsoft.com 127.0.0.1:${kith.port}`;
    browser = await startChromium([`--host-resolver-rules=${toKith}`]);
  });
  after(async () => {
    await browser?.close();
    await app?.[Symbol.asyncDispose]();
    await kith?.close();
  });

  test('the program of its guide signs somebody in, and shows them', async () => {
    const page = await openPage('/');
    await page.getByRole('button', { name: 'Mira Oakley' }).click();
    await page.locator('mgt-person').getByText('Mira Oakley').waitFor();
    await page.locator('mgt-person').getByText('Vice President, Product').waitFor();
    await page.context().close();
  });

  test('a person is shown with their photo', async () => {
    const page = await showComponents('<mgt-person person-query="me" view="oneline"></mgt-person>');
    const photo = page.locator('mgt-person img[src^="data:image/"]').first();
    await photo.waitFor({ state: 'attached' });
    const width = await photo.evaluate(
      (image) => (image as { naturalWidth?: number }).naturalWidth,
    );
    assert.ok(width! > 0, 'The bytes of the photo are an image.');
    await page.context().close();
  });

  test('a card has the person and whom they report to', async () => {
    const { json } = await kith.request(`/v1.0/users/${mira}/manager`, {
      token: await kith.token(),
    });
    const page = await showComponents(
      `<mgt-person-card user-id="${mira}" is-expanded></mgt-person-card>`,
    );
    const card = page.locator('mgt-person-card');
    await card.getByText('Mira Oakley').first().waitFor();
    await card.getByText(json.displayName).first().waitFor();
    await page.context().close();
  });

  test('the picker finds people by what is typed', async () => {
    const page = await showComponents('<mgt-people-picker type="any"></mgt-people-picker>');
    await page.locator('mgt-people-picker input').first().click();
    await page.keyboard.type('mir');
    await page.locator('mgt-people-picker').getByText('Mira Oakley').first().click();
    const chosen = await page
      .locator('mgt-people-picker')
      .evaluate((picker) =>
        (
          picker as unknown as { selectedPeople: { userPrincipalName: string }[] }
        ).selectedPeople.map(({ userPrincipalName }) => userPrincipalName),
      );
    assert.deepEqual(chosen, [mira]);
    await page.context().close();
  });
});
