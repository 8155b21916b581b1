import { join } from 'node:path';
import { type RunningKith, startKith } from '../../running-kith.ts';

const here = import.meta.dirname;

/** A server of the shop's model with its seed, open to everybody; on SQLite or the store given. */
export function openShop(flags: readonly string[] = [], store?: string): Promise<RunningKith> {
  const model = ['--model', join(here, 'shop.csdl.xml'), '--seed', join(here, 'shop.jsonl')];
  return startKith({ flags: [...model, '--anonymous', ...flags], store });
}

/** The flags with which the shop's operations have their behaviour. */
export const withBehaviours: readonly string[] = ['--behaviour', join(here, 'behaviours.ts')];
