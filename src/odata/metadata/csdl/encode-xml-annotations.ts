import {
  type AnnotationObject,
  type Annotations,
  type AnnotationValue,
  taggedConstants,
} from '#model/schema-annotations.ts';
import type { CsdlNames } from './csdl-names.ts';
import { nestAnnotations, pickAnnotations } from './nested-annotations.ts';
import { element, textElement, type XmlElement } from './xml-text.ts';

const CONSTANTS = new Set<string>(taggedConstants);
const FACETS = ['MaxLength', 'Precision', 'Scale', 'Unicode', 'SRID'];

/** The `Annotation` elements of a model element (OData CSDL XML 4.01, section 14.2). */
export function encodeXmlAnnotations(annotations: Annotations, names: CsdlNames): XmlElement[] {
  return nestAnnotations(annotations).map((each) => {
    const { attributes, children } = inlineExpression(each.value, names);
    const nested = encodeXmlAnnotations(each.annotations, names);
    return element(
      'Annotation',
      { Term: names.spell(each.term), Qualifier: each.qualifier, ...attributes },
      [...nested, ...children],
    );
  });
}

/** A value inside `Annotation` or `PropertyValue`: an attribute where it is a constant or a path. */
function inlineExpression(
  value: AnnotationValue,
  names: CsdlNames,
): Pick<XmlElement, 'attributes' | 'children'> {
  const whole = encodeExpression(value, names);
  if (whole.text === undefined) return { attributes: {}, children: [whole] };
  return { attributes: { [whole.name]: whole.text }, children: [] };
}

function encodeExpression(value: AnnotationValue, names: CsdlNames): XmlElement {
  if (value === null) return element('Null');
  if (typeof value === 'boolean') return textElement('Bool', String(value));
  if (typeof value === 'string') return textElement('String', value);
  if (typeof value === 'number') {
    return textElement(Number.isInteger(value) ? 'Int' : 'Decimal', String(value));
  }
  if (Array.isArray(value)) {
    const members = value as readonly AnnotationValue[];
    return element(
      'Collection',
      {},
      members.map((each) => encodeExpression(each, names)),
    );
  }
  const object = value as AnnotationObject;
  const [first = ''] = Object.keys(object);
  return first.startsWith('$')
    ? encodeOperator(first.slice(1), object, names)
    : encodeRecord(object, names);
}

function encodeOperator(name: string, object: AnnotationObject, names: CsdlNames): XmlElement {
  const operand = object[`$${name}`] ?? null;
  if (typeof operand === 'string') {
    if (name === 'EnumMember') return textElement(name, shortenMembers(operand, names));
    if (name === 'LabeledElementReference') return textElement(name, names.shorten(operand));
    if (name.endsWith('Path')) return textElement(name, names.shortenPath(operand));
    if (CONSTANTS.has(name)) return textElement(name, operand);
  }
  const nested = encodeXmlAnnotations(pickAnnotations(object, ''), names);
  if (name === 'Null') return element('Null', {}, nested);
  const isMany = Array.isArray(operand) && !['Cast', 'IsOf', 'LabeledElement'].includes(name);
  const operands = isMany ? (operand as readonly AnnotationValue[]) : [operand];
  return element(name, encodeAttributes(object, names), [
    ...nested,
    ...operands.map((each) => encodeExpression(each, names)),
  ]);
}

function encodeAttributes(object: AnnotationObject, names: CsdlNames): XmlElement['attributes'] {
  const { $Function, $Name, $Type, $Collection } = object;
  const type = typeof $Type === 'string' ? names.shorten($Type) : undefined;
  const facets = FACETS.map((name) => [name, object[`$${name}`] as string | number | undefined]);
  return {
    Function: $Function as string | undefined,
    Name: $Name as string | undefined,
    Type: $Collection === true ? `Collection(${type})` : type,
    ...Object.fromEntries(facets),
  };
}

function encodeRecord(record: AnnotationObject, names: CsdlNames): XmlElement {
  const type = record['@type'];
  const properties = Object.entries(record).flatMap(([name, value]) => {
    if (name.includes('@')) return [];
    const { attributes, children } = inlineExpression(value, names);
    const nested = encodeXmlAnnotations(pickAnnotations(record, name), names);
    return [element('PropertyValue', { Property: name, ...attributes }, [...nested, ...children])];
  });
  const { type: _, ...annotations } = pickAnnotations(record, '');
  return element('Record', { Type: typeof type === 'string' ? names.shorten(type) : undefined }, [
    ...properties,
    ...encodeXmlAnnotations(annotations, names),
  ]);
}

function shortenMembers(text: string, names: CsdlNames): string {
  return text
    .split(/\s+/)
    .map((member) => names.shortenPath(member))
    .join(' ');
}
