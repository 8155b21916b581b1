import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readIssuerRules } from './issuer-rules.ts';

const good = { issuer: 'https://id.example/realm', audiences: ['kith'] };

test('what is not said is as Entra ID has it', () => {
  const [rule] = readIssuerRules(JSON.stringify([good]));
  assert.deepEqual(rule, {
    ...good,
    tenant: undefined,
    userClaim: 'preferred_username',
    userProperty: 'userPrincipalName',
    scopeClaim: 'scp',
    roleClaim: 'roles',
    permissions: undefined,
    applications: {},
    algorithms: ['RS256'],
  });
});

const bad: readonly (readonly [text: string, reason: RegExp])[] = [
  ['{', /not JSON/],
  ['{}', /not a list/],
  ['[1]', /issuer 1 is not an object/],
  [JSON.stringify([{ ...good, issuer: 'realm' }]), /no URL/],
  [JSON.stringify([{ ...good, audiences: [] }]), /no 'audiences'/],
  [JSON.stringify([good, { ...good, colour: 'red' }]), /issuer 2 has 'colour'/],
  [JSON.stringify([{ ...good, userProperty: 'city' }]), /'userProperty' of issuer 1/],
  [JSON.stringify([{ ...good, algorithms: ['HS256'] }]), /'algorithms' of issuer 1/],
  [JSON.stringify([{ ...good, algorithms: ['none'] }]), /'algorithms' of issuer 1/],
  [JSON.stringify([{ ...good, permissions: { a: 'b' } }]), /'permissions' of issuer 1/],
];

describe('an issuer file is refused', () => {
  for (const [text, reason] of bad)
    test(text, () => assert.throws(() => readIssuerRules(text), reason));
});
