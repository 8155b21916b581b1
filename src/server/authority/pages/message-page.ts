import { type Html, html } from './html.ts';
import { hidden } from './send-page.ts';

/** A page that only says something. */
export function messagePage(title: string, sentences: readonly string[]): Html {
  return html`<h1>${title}</h1>
${sentences.map((sentence) => html`<p>${sentence}</p>`)}`;
}

/** A page whose form takes the answer to the application (OAuth 2.0 Form Post Response Mode). */
export function replyPage(uri: string, answer: Readonly<Record<string, string>>): Html {
  return html`<h1>Signing you in</h1>
<form method="post" action="${uri}">
${Object.entries(answer).map(([name, value]) => hidden(name, value))}
<button class="main">Continue</button>
</form>`;
}
