import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isForCircles, isPublic, isReached, reachOf, standingIn } from './audiences.ts';

const nobody = { isFamily: false, isContact: false, isInGroup: false };
const family = standingIn({ ...nobody, isFamily: true });
const contact = standingIn({ ...nobody, isContact: true });
const groupMember = standingIn({ ...nobody, isInGroup: true });
const colleague = standingIn();

const cases: readonly [audience: string | null, reached: readonly boolean[]][] = [
  ['me', [true, false, false, false, false]],
  ['family', [true, true, false, false, false]],
  ['contacts', [true, false, true, false, false]],
  ['groupMembers', [true, false, false, true, false]],
  ['family, contacts', [true, true, true, false, false]],
  ['organization', [true, true, true, true, true]],
  ['federatedOrganizations', [true, true, true, true, true]],
  ['everyone', [true, true, true, true, true]],
  ['unknownFutureValue', [true, false, false, false, false]],
  [null, [true, true, true, true, true]],
];

for (const [audience, reached] of cases) {
  test(`the audience ${audience} reaches whom it names, and those inside`, () => {
    const reach = reachOf(audience);
    const standings = ['self', family, contact, groupMember, colleague] as const;
    assert.deepEqual(
      standings.map((standing) => isReached(reach, standing)),
      reached,
    );
  });
}

test('only some audiences ask which circles somebody is in', () => {
  const asking = cases.map(([audience]) => isForCircles(reachOf(audience)));
  assert.deepEqual(asking, [false, true, true, true, true, false, false, false, false, false]);
  assert.equal(isPublic(reachOf('family,contacts')), false);
  assert.equal(isPublic(reachOf('everyone')), true);
});
