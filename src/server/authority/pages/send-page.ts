import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { Html, type HtmlValue, html } from './html.ts';

/** A page for a person. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Where its forms may lead beside this server: browsers hold redirects against it too. */
  readonly formTarget?: string | undefined;
  /** A script that sends the page's only form on; without it, the person presses a button. */
  readonly submits?: boolean;
}

const STYLE = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; }
main { box-sizing: border-box; width: min(28rem, 100%); padding: 2rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input[type=text], input[type=password], input[type=search] { box-sizing: border-box; width: 100%;
  padding: .6rem .75rem; font: inherit; border: 1px solid GrayText; border-radius: .4rem; }
button { font: inherit; padding: .6rem 1.25rem; border-radius: .4rem; border: 1px solid GrayText;
  cursor: pointer; margin: 1rem .5rem 0 0; }
button.main { background: #0b5cad; border-color: #0b5cad; color: #fff; }
button.person { display: block; width: 100%; text-align: left; margin: .4rem 0 0;
  background: transparent; color: inherit; }
button.person small { display: block; opacity: .8; }
:focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
ul { padding-left: 1.25rem; } ul.people { list-style: none; padding: 0; }
.error { border-left: 4px solid #c4262e; padding: .25rem .75rem; }
.quiet { opacity: .8; font-size: .9rem; } code { font-size: 1.1em; letter-spacing: .05em; }
`;
const SCRIPT = 'document.forms[0].submit()';

const styleHash = hashOf(STYLE);
const scriptHash = hashOf(SCRIPT);

/** Sends a page that no other site may frame, that keeps nothing, and that runs no scripts. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const { title, body, status = 200, formTarget, submits } = page;
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
${submits ? new Html(`<script>${SCRIPT}</script>`) : ''}
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    ...(submits ? [`script-src 'sha256-${scriptHash}'`] : []),
    `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return reply
    .code(status)
    .header('Content-Type', 'text/html; charset=utf-8')
    .header('Content-Security-Policy', policy.join('; '))
    .header('X-Frame-Options', 'DENY')
    .header('X-Content-Type-Options', 'nosniff')
    .header('Referrer-Policy', 'same-origin')
    .header('Cross-Origin-Opener-Policy', 'unsafe-none')
    .header('Cache-Control', 'no-store')
    .send(text.text);
}

/** A hidden field of a form. */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">
`;
}

/** A message that screen readers tell at once. */
export function alert(message: HtmlValue): Html {
  return message ? html`<p class="error" role="alert">${message}</p>` : html``;
}

/** What `form-action` has to name so that a form's answer may lead to a URI. */
export function formTargetOf(uri: string): string {
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
