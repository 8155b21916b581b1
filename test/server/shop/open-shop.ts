import { join } from 'node:path';
import { type RunningKith, startKith } from '../../running-kith.ts';

const here = import.meta.dirname;

/** A server of the shop's model with its seed, open to everybody. */
export function openShop(flags: readonly string[] = []): Promise<RunningKith> {
  const model = ['--model', join(here, 'shop.csdl.xml'), '--seed', join(here, 'shop.jsonl')];
  return startKith({ flags: [...model, '--anonymous', ...flags] });
}

/** The flags with which the shop's operations have their behaviour. */
export const withBehaviours: readonly string[] = ['--behaviour', join(here, 'behaviours.ts')];
