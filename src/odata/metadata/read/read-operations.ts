import { roots } from '#model/schema.ts';
import type {
  OperationDeclaration,
  OperationValueDeclaration,
  ParameterDeclaration,
} from '#model/schema-operations.ts';
import type { CsdlDocument } from './csdl-document.ts';
import { CsdlError } from './csdl-error.ts';
import type { DeclaredNames } from './declared-names.ts';
import type { CsdlElement } from './parse-csdl.ts';
import { flag, readFacets, readFlag, readName } from './read-values.ts';

/** Reads the actions and functions of one schema (OData CSDL XML 4.01, section 12). */
export class OperationReader {
  private readonly document: CsdlDocument;
  private readonly names: DeclaredNames;
  private readonly namespace: string;

  constructor(document: CsdlDocument, names: DeclaredNames, namespace: string) {
    this.document = document;
    this.names = names;
    this.namespace = namespace;
  }

  /** The declaration of one overload. */
  read(element: CsdlElement): OperationDeclaration {
    const name = readName(element);
    const targets = this.targetsOf(element, `${this.namespace}.${name}`);
    const parameters = element.children.filter((each) => each.name === 'Parameter');
    const returns = element.children.find((each) => each.name === 'ReturnType');
    if (element.name === 'Function' && !returns) {
      throw new CsdlError(element.line, `The function '${name}' returns nothing.`);
    }
    if (readFlag(element, 'IsBound') && parameters.length === 0) {
      throw new CsdlError(element.line, `'${name}' is bound, but has no parameter.`);
    }
    const { EntitySetPath: path } = element.attributes;
    return {
      kind: element.name === 'Function' ? 'function' : 'action',
      name,
      namespace: this.namespace,
      roots,
      ...flag(element, 'IsBound', 'bound'),
      ...flag(element, 'IsComposable', 'composable'),
      ...(path === undefined ? {} : { entitySetPath: this.document.aliases.resolvePath(path) }),
      parameters: parameters.map((each) => this.parameter(each, targets)),
      ...(returns ? { returns: this.value(returns, withMember(targets, '$ReturnType')) } : {}),
      annotations: this.document.annotationsOf(element, ...targets),
    };
  }

  private parameter(element: CsdlElement, targets: readonly string[]): ParameterDeclaration {
    const name = readName(element);
    return { name, ...this.value(element, withMember(targets, name)) };
  }

  private value(element: CsdlElement, targets: readonly string[]): OperationValueDeclaration {
    const { primitive, ...named } = this.names.typeOf(element, 'Type');
    return {
      ...named,
      nullable: readFlag(element, 'Nullable') ?? !named.collection,
      ...(primitive === named.type ? readFacets(element, primitive) : {}),
      annotations: this.document.annotationsOf(element, ...targets),
    };
  }

  /** The target paths of an overload: by name alone, and with the types of its parameters. */
  private targetsOf(element: CsdlElement, name: string): string[] {
    const parameters = element.children.filter((each) => each.name === 'Parameter');
    const isFunction = element.name === 'Function';
    const signature = isFunction || !readFlag(element, 'IsBound') ? parameters : [parameters[0]];
    const types = signature.map((each) => {
      const type = each?.attributes.Type ?? '';
      return this.document.aliases.resolveTarget(type);
    });
    return [name, `${name}(${isFunction || readFlag(element, 'IsBound') ? types.join(',') : ''})`];
  }
}

function withMember(targets: readonly string[], member: string): string[] {
  return targets.map((target) => `${target}/${member}`);
}
