/** What a browser without scripts keeps and does: cookies, pages, forms, redirects. */
export class PlainBrowser {
  private readonly cookies = new Map<string, string>();

  /** Asks for a URL as an address bar does, and follows nothing. */
  async open(url: string): Promise<Visited> {
    return this.send(url, {});
  }

  /** Sends a form of a page, with fields filled in and by a button. */
  async submit(page: Visited, fields: Readonly<Record<string, string>>): Promise<Visited> {
    const form = /<form method="post" action="([^"]*)">([\s\S]*?)<\/form>/.exec(page.text);
    if (!form) throw new Error(`There is no form on the page.\n${page.text}`);
    const body = new URLSearchParams();
    for (const [, name, value] of form[2]!.matchAll(
      /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
    )) {
      body.set(plainText(name!), plainText(value!));
    }
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const url = new URL(plainText(form[1]!), page.url).href;
    return this.send(url, { method: 'POST', body });
  }

  private async send(url: string, init: RequestInit): Promise<Visited> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const written of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(written)!;
      this.cookies.set(name!, value!);
    }
    return {
      url,
      status: response.status,
      text: await response.text(),
      headers: response.headers,
      location: response.headers.get('location') ?? undefined,
    };
  }
}

/** What has come of a visit. */
export interface Visited {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly location: string | undefined;
}

/** The fields of the form that takes an answer to an application. */
export function postedAnswer({ text }: Visited): Record<string, string> {
  const fields = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name!, plainText(value!)]));
}

function plainText(text: string): string {
  const written: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => written[entity]!);
}
