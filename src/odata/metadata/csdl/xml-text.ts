/** An XML element; attributes that are undefined are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly children: readonly XmlElement[];
  /** Text in place of children. */
  readonly text?: string;
}

/** Makes an element with children. */
export function element(
  name: string,
  attributes: XmlElement['attributes'] = {},
  children: readonly XmlElement[] = [],
): XmlElement {
  return { name, attributes, children };
}

/** Makes an element with text inside. */
export function textElement(name: string, text: string): XmlElement {
  return { name, attributes: {}, children: [], text };
}

/** The element as an XML document, indented by two spaces. */
export function formatXml(root: XmlElement): string {
  const lines = ['<?xml version="1.0" encoding="utf-8"?>'];
  formatElement(root, '', lines);
  return `${lines.join('\n')}\n`;
}

function formatElement(each: XmlElement, indent: string, lines: string[]): void {
  const attributes = Object.entries(each.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('');
  const head = `${indent}<${each.name}${attributes}`;
  if (each.text !== undefined) {
    lines.push(`${head}>${escapeText(each.text)}</${each.name}>`);
  } else if (each.children.length === 0) {
    lines.push(`${head}/>`);
  } else {
    lines.push(`${head}>`);
    for (const child of each.children) formatElement(child, `${indent}  `, lines);
    lines.push(`${indent}</${each.name}>`);
  }
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** Line breaks and tabs are written as references: a parser makes spaces of bare ones. */
function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}
