import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { textSigner } from './sign-text.ts';

test('a text is signed with HMAC-SHA-256, whatever its characters and its length', () => {
  const key = 'k3y-of-the-store_'.repeat(3);
  const sign = textSigner(key);
  for (const text of ['', 'a', 'Zoë 😀', 'x'.repeat(1000), '\u0000\n']) {
    assert.equal(sign(text), createHmac('sha256', key).update(text).digest('base64url'));
  }
  assert.notEqual(sign('a'), textSigner(`${key}!`)('a'));
});
