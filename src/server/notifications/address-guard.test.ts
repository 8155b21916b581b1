import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWithinReach } from './address-guard.ts';

const everywhere = ['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'];

const nearBy = [
  '127.0.0.1',
  '127.255.0.9',
  '::1',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  'fc00::1',
  'fdff::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::a00:1',
];

const never = [
  '0.0.0.0',
  '0.1.2.3',
  '::',
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  'fe80::1%eth0',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  '2002:7f00:1::',
  '2001:0:4136:e378::',
  'localhost',
  '',
];

for (const address of everywhere) {
  test(`${address} is within every reach`, () => {
    assert.deepEqual(
      [isWithinReach(address, 'public'), isWithinReach(address, 'near')],
      [true, true],
    );
  });
}

for (const address of nearBy) {
  test(`${address} is within reach of a test bench alone`, () => {
    assert.deepEqual(
      [isWithinReach(address, 'public'), isWithinReach(address, 'near')],
      [false, true],
    );
  });
}

for (const address of never) {
  test(`'${address}' is within no reach`, () => {
    assert.deepEqual(
      [isWithinReach(address, 'public'), isWithinReach(address, 'near')],
      [false, false],
    );
  });
}
