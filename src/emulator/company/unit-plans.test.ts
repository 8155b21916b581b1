import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf } from './organization.ts';
import { foundCompany } from './person.ts';
import { planUnits } from './unit-plans.ts';

test('large units are split into numbered ones that share nobody', () => {
  const people = 3_000;
  const names = new Set<string>();
  const nicknames = new Set<string>();
  const members = new Set<number>();
  let units = 0;
  for (const unit of planUnits(foundCompany(1, people), 20)) {
    units++;
    names.add(unit.name);
    nicknames.add(unit.nickname);
    assert.ok(unit.members.length <= 20);
    assert.match(unit.nickname, /^[a-z0-9-]+$/);
    for (const member of unit.members) members.add(member);
  }
  assert.equal(names.size, units);
  assert.equal(nicknames.size, units);
  assert.equal(members.size, people - 1);
  assert.ok(names.has('Engineering Firmware 2'));
});

test('an active member of the company leads the unit', () => {
  for (const unit of planUnits(foundCompany(1, 3_000))) {
    assert.equal(kindOf(unit.members[0]!), 'member');
  }
});
