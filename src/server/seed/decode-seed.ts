import { GRAPH_APP } from '#authority/tokens/issuer.ts';
import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import { bindPeople } from './bind-people.ts';
import { decodeLine } from './decode-line.ts';
import type { SeedLine } from './read-seed.ts';
import { unfoldApplication } from './seed-application.ts';
import type { SeedEntity } from './unfold-entity.ts';
import { unfoldProfile } from './unfold-profile.ts';

/** The set in which applications stand in a tenant, Graph itself among them. */
export const PRINCIPALS = 'servicePrincipals';

/** What a line of a seed says: whose the lines behind it are, or entities, owners first. */
export type SeedPiece =
  | { readonly kind: 'tenant'; readonly tenant: WrittenTenant; readonly where: string }
  | {
      readonly kind: 'entities';
      readonly entities: readonly SeedEntity[];
      /** Whether what stands for Graph is among them. */
      readonly bringsGraph: boolean;
      readonly length: number;
    };

/** A tenant as a seed describes it. */
export type WrittenTenant = Partial<Omit<Tenant, 'num'>>;

/** The lines of a seed. */
export type SeedLines = AsyncIterable<SeedLine> | Iterable<SeedLine>;

/** Checks the lines of a seed, one after another. Throws a SeedError for the first bad one. */
export async function* decodeSeed(lines: SeedLines, model: Model): AsyncGenerator<SeedPiece> {
  for await (const line of lines) yield decodePiece(line, model);
}

/** Checks one line of a seed. Throws a SeedError for a bad one. */
export function decodePiece(line: SeedLine, model: Model): SeedPiece {
  const { where, length = 0 } = line;
  const { tenant } = line.value as { tenant?: WrittenTenant };
  if (tenant !== undefined) return { kind: 'tenant', tenant, where };
  const unfolded = unfoldApplication(line).flatMap(unfoldProfile);
  const entities = unfolded.flatMap((each) => bindPeople(decodeLine(model, each)));
  return { kind: 'entities', entities, bringsGraph: entities.some(isGraph), length };
}

function isGraph({ set, members }: SeedEntity): boolean {
  return set === PRINCIPALS && members.appId === GRAPH_APP;
}
