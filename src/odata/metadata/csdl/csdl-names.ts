import type { Model } from '#model/model.ts';
import type { ReferenceDeclaration } from '#model/schema-service.ts';

const VOCABULARIES = 'https://oasis-tcs.github.io/odata-vocabularies/vocabularies';

/** The vocabularies of OASIS by namespace, with the aliases that they are known by. */
const standardAliases: Readonly<Record<string, string>> = {
  'Org.OData.Aggregation.V1': 'Aggregation',
  'Org.OData.Authorization.V1': 'Authorization',
  'Org.OData.Capabilities.V1': 'Capabilities',
  'Org.OData.Core.V1': 'Core',
  'Org.OData.JSON.V1': 'JSON',
  'Org.OData.Measures.V1': 'Measures',
  'Org.OData.Repeatability.V1': 'Repeatability',
  'Org.OData.Temporal.V1': 'Temporal',
  'Org.OData.Validation.V1': 'Validation',
};

/**
 * Qualified names as a CSDL document writes them: with the alias of their namespace where it has
 * one. It remembers which vocabularies are mentioned, for the references of the document.
 */
export class CsdlNames {
  private readonly model: Model;
  private readonly extension: 'json' | 'xml';
  private readonly aliases = new Map<string, string>();
  /** Vocabularies that the model does not refer to itself. */
  private readonly offered = new Map<string, string>();
  private readonly mentioned = new Set<string>();

  constructor(model: Model, extension: 'json' | 'xml') {
    this.model = model;
    this.extension = extension;
    const included = model.references.flatMap(({ include }) => include);
    for (const { namespace, alias } of [...model.schemas, ...included]) {
      this.aliases.set(namespace, alias ?? namespace);
    }
    const taken = new Set(this.aliases.values());
    for (const [namespace, alias] of Object.entries(standardAliases)) {
      if (this.aliases.has(namespace)) continue;
      this.aliases.set(namespace, taken.has(alias) ? namespace : alias);
      this.offered.set(namespace, taken.has(alias) ? '' : alias);
    }
  }

  /** `microsoft.graph.user` as `graph.user`; names without a namespace stay as they are. */
  shorten(name: string): string {
    const dot = name.lastIndexOf('.');
    if (dot < 0) return name;
    const namespace = name.slice(0, dot);
    this.mentioned.add(namespace);
    return (this.aliases.get(namespace) ?? namespace) + name.slice(dot);
  }

  /** A name with its whole namespace, as readers of CSDL XML look for terms by. */
  spell(name: string): string {
    this.mentioned.add(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
    return name;
  }

  /** A path with the type casts and terms in it shortened: `manager/graph.user`, `a/@Core.X`. */
  shortenPath(path: string): string {
    return path
      .split('/')
      .map((segment) => {
        const at = segment.indexOf('@') + 1;
        return segment.slice(0, at) + this.shorten(segment.slice(at));
      })
      .join('/');
  }

  /** The target of external annotations: a path, or an operation with its parameter types. */
  shortenTarget(target: string): string {
    return target.replace(/[^/(),]+/g, (name) => this.shorten(name.trim()));
  }

  /** The document that defines a vocabulary's types, and nothing for the model's own. */
  uriOf(name: string): string {
    const namespace = name.slice(0, name.lastIndexOf('.'));
    const references = this.references();
    const found = references.find(({ include }) =>
      include.some((each) => each.namespace === namespace),
    );
    return found?.uri ?? '';
  }

  /** The references that the document needs for what it has mentioned so far. */
  references(): ReferenceDeclaration[] {
    const missing = [...this.offered].filter(([namespace]) => this.mentioned.has(namespace));
    return [
      ...this.model.references,
      ...missing.map(([namespace, alias]) => ({
        uri: `${VOCABULARIES}/${namespace}.${this.extension}`,
        include: [alias === '' ? { namespace } : { namespace, alias }],
      })),
    ];
  }
}
