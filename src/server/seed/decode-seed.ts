import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import { bindPeople } from './bind-people.ts';
import { decodeLine } from './decode-line.ts';
import type { SeedLine } from './read-seed.ts';
import { unfoldApplication } from './seed-application.ts';
import type { SeedEntity } from './unfold-entity.ts';
import { unfoldProfile } from './unfold-profile.ts';

/** What a line of a seed says: whose the lines behind it are, or entities, owners first. */
export type SeedPiece =
  | { readonly kind: 'tenant'; readonly tenant: WrittenTenant; readonly where: string }
  | {
      readonly kind: 'entities';
      readonly entities: readonly SeedEntity[];
      readonly length: number;
    };

/** A tenant as a seed describes it. */
export type WrittenTenant = Partial<Omit<Tenant, 'num'>>;

/** The lines of a seed. */
export type SeedLines = AsyncIterable<SeedLine> | Iterable<SeedLine>;

/** Checks the lines of a seed, one after another. Throws a SeedError for the first bad one. */
export async function* decodeSeed(lines: SeedLines, model: Model): AsyncGenerator<SeedPiece> {
  for await (const line of lines) {
    const { where, length = 0 } = line;
    const { tenant } = line.value as { tenant?: WrittenTenant };
    if (tenant !== undefined) {
      yield { kind: 'tenant', tenant, where };
      continue;
    }
    const unfolded = unfoldApplication(line).flatMap(unfoldProfile);
    const entities = unfolded.flatMap((each) => bindPeople(decodeLine(model, each)));
    yield { kind: 'entities', entities, length };
  }
}
