/** A text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: texts are escaped, lists are joined, nothing is nothing. */
export type HtmlValue = Html | string | number | undefined | false | readonly Html[];

/** Writes HTML; whatever is put in is escaped unless it is HTML itself. */
export function html(texts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let result = texts[0]!;
  for (const [index, value] of values.entries()) result += render(value) + texts[index + 1]!;
  return new Html(result);
}

function render(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return (value as readonly Html[]).map(({ text }) => text).join('');
  return escapeHtml(String(value));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character]!);
}
