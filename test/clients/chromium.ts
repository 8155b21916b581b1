import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** Why there is no real browser here; false where there is one: it is built for these alone. */
export const noChromium =
  process.platform === 'linux' && process.arch === 'x64'
    ? false
    : 'There is no Chromium for this platform.';

/** Starts Chromium with more flags. */
export async function startChromium(flags: readonly string[] = []): Promise<Browser> {
  const args = chromium.args.filter((each) => !/single-process|zygote/.test(each));
  const executablePath = await chromium.executablePath();
  return driver.launch({ executablePath, args: [...args, ...flags], headless: true });
}
