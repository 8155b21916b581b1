import type { Annotations } from '#model/schema-annotations.ts';
import type { ReferenceDeclaration } from '#model/schema-service.ts';
import { CsdlAliases } from './csdl-aliases.ts';
import { CsdlError } from './csdl-error.ts';
import type { CsdlElement } from './parse-csdl.ts';
import { readAnnotations } from './read-annotations.ts';

/** A schema of a document: its element and its namespace. */
export interface CsdlSchema {
  readonly namespace: string;
  readonly alias: string | undefined;
  readonly element: CsdlElement;
}

/**
 * A parsed document: its schemas, its aliases, and the annotations that stand away from what they
 * say something of.
 */
export class CsdlDocument {
  readonly schemas: readonly CsdlSchema[];
  readonly references: readonly ReferenceDeclaration[];
  readonly aliases: CsdlAliases;
  private readonly external = new Map<string, Annotations>();
  private readonly externalOf = new Map<string, string>();

  constructor(root: CsdlElement) {
    const { Version } = root.attributes;
    if (Version !== '4.0' && Version !== '4.01') {
      throw new CsdlError(root.line, `Version '${Version}' is not read; 4.0 and 4.01 are.`);
    }
    const services = root.children.filter(({ name }) => name === 'DataServices');
    this.schemas = services.flatMap(({ children }) => children.map(readSchema));
    this.references = root.children
      .filter(({ name }) => name === 'Reference')
      .flatMap(readReference);
    this.aliases = new CsdlAliases(this.schemas, this.references);
    for (const { namespace, element } of this.schemas) this.readExternal(namespace, element);
  }

  /**
   * The annotations inside an element, and those elsewhere in the document that have one of its
   * target paths.
   */
  annotationsOf(element: CsdlElement, ...targets: readonly string[]): Annotations {
    const own = readAnnotations(element, this.aliases);
    const found = targets.map((target) => {
      this.externalOf.delete(target);
      return this.external.get(target) ?? {};
    });
    return Object.assign({}, own, ...found);
  }

  /** What is left of a schema's external annotations: targets that no element has asked for. */
  remaining(namespace: string): Record<string, Annotations> {
    const targets = [...this.externalOf].filter(([, schema]) => schema === namespace);
    return Object.fromEntries(targets.map(([target]) => [target, this.external.get(target) ?? {}]));
  }

  private readExternal(namespace: string, schema: CsdlElement): void {
    for (const element of schema.children) {
      const { Target, Qualifier } = element.attributes;
      if (element.name !== 'Annotations' || Target === undefined) continue;
      const target = this.aliases.resolveTarget(Target);
      const annotations = Object.entries(readAnnotations(element, this.aliases)).map(
        ([key, value]) => [Qualifier ? qualify(key, Qualifier) : key, value] as const,
      );
      this.external.set(target, {
        ...this.external.get(target),
        ...Object.fromEntries(annotations),
      });
      this.externalOf.set(target, namespace);
    }
  }
}

/** The qualifier of a group of annotations stands behind each term that has none of its own. */
function qualify(key: string, qualifier: string): string {
  const [term = '', ...nested] = key.split('@');
  const qualified = term.includes('#') ? term : `${term}#${qualifier}`;
  return [qualified, ...nested].join('@');
}

const NAMESPACE = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

function readSchema(element: CsdlElement): CsdlSchema {
  const { Namespace = '', Alias } = element.attributes;
  if (!NAMESPACE.test(Namespace)) {
    throw new CsdlError(element.line, `'${Namespace}' is no namespace.`);
  }
  if (Alias !== undefined && (!NAMESPACE.test(Alias) || Alias.includes('.'))) {
    throw new CsdlError(element.line, `'${Alias}' is no alias.`);
  }
  return { namespace: Namespace, alias: Alias, element };
}

function readReference({ attributes, children }: CsdlElement): ReferenceDeclaration[] {
  const include = children
    .filter(({ name }) => name === 'Include')
    .map(({ attributes: { Namespace = '', Alias } }) => ({
      namespace: Namespace,
      ...(Alias === undefined ? {} : { alias: Alias }),
    }));
  return include.length === 0 ? [] : [{ uri: attributes.Uri ?? '', include }];
}
