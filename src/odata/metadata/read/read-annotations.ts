import {
  type AnnotationObject,
  type Annotations,
  type AnnotationValue,
  taggedConstants,
} from '#model/schema-annotations.ts';
import type { CsdlAliases } from './csdl-aliases.ts';
import { CsdlError } from './csdl-error.ts';
import { inlineExpressions } from './csdl-grammar.ts';
import type { CsdlElement } from './parse-csdl.ts';

const TAGGED = new Set<string>(taggedConstants);
const FACETS = ['MaxLength', 'Precision', 'Scale', 'Unicode', 'SRID'];

/** The annotations inside an element, by qualified term; no aliases are left in them. */
export function readAnnotations(element: CsdlElement, aliases: CsdlAliases): Annotations {
  const annotations: Record<string, AnnotationValue> = {};
  for (const each of element.children) {
    if (each.name !== 'Annotation') continue;
    const { Term = '', Qualifier } = each.attributes;
    const key = aliases.resolve(Term) + (Qualifier === undefined ? '' : `#${Qualifier}`);
    if (key in annotations) throw new CsdlError(each.line, `The annotation ${key} is there twice.`);
    const { expression } = each;
    annotations[key] =
      expression === undefined ? readValue(each, aliases) : resolveNames(expression, aliases);
    for (const [nested, value] of Object.entries(readAnnotations(each, aliases))) {
      annotations[`${key}@${nested}`] = value;
    }
  }
  return annotations;
}

/** The expression inside `Annotation` or `PropertyValue`; true where there is none. */
function readValue(element: CsdlElement, aliases: CsdlAliases): AnnotationValue {
  const inline = inlineExpressions.filter((name) => element.attributes[name] !== undefined);
  const inside = element.children.filter(({ name }) => name !== 'Annotation');
  if (inline.length + inside.length > 1) {
    throw new CsdlError(element.line, `<${element.name}> has more than one expression.`);
  }
  const [name] = inline;
  if (name !== undefined) {
    const text = element.attributes[name] ?? '';
    return readConstant({ ...element, name, text, children: [] }, aliases);
  }
  return inside[0] ? readExpression(inside[0], aliases) : true;
}

function readExpression(element: CsdlElement, aliases: CsdlAliases): AnnotationValue {
  const operands = element.children.filter(({ name }) => name !== 'Annotation');
  switch (element.name) {
    case 'Null':
      return Object.keys(readAnnotations(element, aliases)).length === 0
        ? null
        : withAnnotations({ $Null: null }, element, aliases);
    case 'Collection':
      return operands.map((each) => readExpression(each, aliases));
    case 'Record':
      return readRecord(element, aliases);
    case 'UrlRef':
    case 'Not':
    case 'Neg':
    case 'Cast':
    case 'IsOf':
    case 'LabeledElement':
      return readUnary(element, operands, aliases);
    default:
      if (operands.length === 0 && element.name !== 'Apply') return readConstant(element, aliases);
      return withAnnotations(
        {
          [`$${element.name}`]: operands.map((each) => readExpression(each, aliases)),
          ...readAttributes(element, aliases),
        },
        element,
        aliases,
      );
  }
}

function readUnary(
  element: CsdlElement,
  operands: readonly CsdlElement[],
  aliases: CsdlAliases,
): AnnotationValue {
  if (element.name === 'LabeledElement') {
    const value = { $LabeledElement: readValue(element, aliases) };
    return withAnnotations({ ...value, ...readAttributes(element, aliases) }, element, aliases);
  }
  const [operand, ...others] = operands;
  if (!operand || others.length > 0) {
    throw new CsdlError(element.line, `<${element.name}> takes one expression.`);
  }
  const value = { [`$${element.name}`]: readExpression(operand, aliases) };
  return withAnnotations({ ...value, ...readAttributes(element, aliases) }, element, aliases);
}

function readAttributes(element: CsdlElement, aliases: CsdlAliases): AnnotationObject {
  const { Function: name, Name, Type } = element.attributes;
  const collection = /^Collection\((.*)\)$/.exec(Type ?? '');
  const facets = FACETS.flatMap((facet) => {
    const text = element.attributes[facet];
    return text === undefined
      ? []
      : [[`$${facet}`, Number.isNaN(Number(text)) ? text : Number(text)]];
  });
  return {
    ...(name === undefined ? {} : { $Function: name }),
    ...(Name === undefined ? {} : { $Name: Name }),
    ...(Type === undefined ? {} : { $Type: aliases.resolve(collection?.[1] ?? Type) }),
    ...(collection ? { $Collection: true } : {}),
    ...Object.fromEntries(facets),
  };
}

function readRecord(element: CsdlElement, aliases: CsdlAliases): AnnotationValue {
  const { Type } = element.attributes;
  const record: Record<string, AnnotationValue> = {};
  if (Type !== undefined) record['@type'] = aliases.resolve(Type);
  for (const each of element.children) {
    const { Property } = each.attributes;
    if (each.name !== 'PropertyValue' || Property === undefined) continue;
    record[Property] = readValue(each, aliases);
    for (const [nested, value] of Object.entries(readAnnotations(each, aliases))) {
      record[`${Property}@${nested}`] = value;
    }
  }
  return withAnnotations(record, element, aliases);
}

function withAnnotations(
  value: AnnotationObject,
  element: CsdlElement,
  aliases: CsdlAliases,
): AnnotationObject {
  const annotations = Object.entries(readAnnotations(element, aliases));
  return { ...value, ...Object.fromEntries(annotations.map(([key, each]) => [`@${key}`, each])) };
}

function readConstant({ name, text, line }: CsdlElement, aliases: CsdlAliases): AnnotationValue {
  const trimmed = text.trim();
  if (name === 'String') return text;
  if (name === 'UrlRef') return { $UrlRef: text };
  if (trimmed === '') throw new CsdlError(line, `<${name}> lacks what it takes.`);
  if (name === 'Bool') {
    if (/^(true|false)$/.test(trimmed)) return trimmed === 'true';
    throw new CsdlError(line, `'${trimmed}' is neither true nor false.`);
  }
  if (name === 'Int') {
    if (!/^[+-]?\d+$/.test(trimmed)) throw new CsdlError(line, `'${trimmed}' is no integer.`);
    return Number.isSafeInteger(Number(trimmed)) ? Number(trimmed) : { $Int: trimmed };
  }
  if (name === 'Decimal') return isPlainDecimal(trimmed) ? Number(trimmed) : { $Decimal: trimmed };
  if (name === 'EnumMember') return { $EnumMember: resolveMembers(trimmed, aliases) };
  if (name === 'LabeledElementReference') return { [`$${name}`]: aliases.resolve(trimmed) };
  if (name.endsWith('Path')) return { [`$${name}`]: aliases.resolvePath(trimmed) };
  if (TAGGED.has(name)) return { [`$${name}`]: trimmed };
  throw new CsdlError(line, `<${name}> lacks what it takes.`);
}

function resolveMembers(text: string, aliases: CsdlAliases): string {
  return text
    .split(/\s+/)
    .map((member) => aliases.resolvePath(member))
    .join(' ');
}

/** Whether a decimal is a number that is written back as it was, and not as an integer. */
function isPlainDecimal(text: string): boolean {
  return String(Number(text)) === text && !Number.isInteger(Number(text));
}

/** Members that hold the name of a type, a term or a path with such names in it. */
const NAMED = /^(@type|\$Type|\$Path|\$\w+Path|\$EnumMember)$/;

/** An expression without aliases in what names types, terms and paths. */
function resolveNames(value: AnnotationValue, aliases: CsdlAliases): AnnotationValue {
  if (Array.isArray(value)) {
    return (value as readonly AnnotationValue[]).map((each) => resolveNames(each, aliases));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, each]): [string, AnnotationValue] => {
    const at = name.lastIndexOf('@') + 1;
    const isTerm = at > 0 && !name.endsWith('@type');
    const key = isTerm ? name.slice(0, at) + aliases.resolve(name.slice(at)) : name;
    const isName = NAMED.test(name) && typeof each === 'string';
    // The type of a record is a URL; its fragment is the name.
    if (isName && name === '@type') return [key, aliases.resolve(each.replace(/^.*#/, ''))];
    return [key, isName ? aliases.resolvePath(each) : resolveNames(each, aliases)];
  });
  return Object.fromEntries(members);
}
