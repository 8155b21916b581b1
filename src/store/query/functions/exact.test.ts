import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  add,
  decodeExact,
  divide,
  divideWhole,
  encodeExact,
  multiply,
  parseExact,
  remainder,
  roundExact,
  wholeOf,
  writeExact,
} from './exact.ts';

const written = ['-1e999', '-1000.5', '-12.3', '-12', '-0.12', '-0.0009', '0', '0.0009', '0.1'];
const ascending = [...written, '0.12', '0.123', '1', '9', '10', '12.3', '123', '1e21', '1e999'];

test('the text of numbers sorts as the numbers do, and gives them back', () => {
  const keys = ascending.map((text) => encodeExact(parseExact(text))!);
  assert.deepEqual([...keys].sort(), keys);
  for (const [at, key] of keys.entries()) {
    assert.equal(encodeExact(decodeExact(key)), key);
    assert.equal(writeExact(decodeExact(key)), writeExact(parseExact(ascending[at]!)!));
  }
  assert.equal(encodeExact(parseExact('2.50')), encodeExact(parseExact('25e-1')));
});

test('arithmetic is exact, and quotients end behind 30 digits', () => {
  const [one, three] = [parseExact('1')!, parseExact('3')!];
  const tenth = parseExact('0.1')!;
  assert.equal(writeExact(add(tenth, parseExact('0.2')!)), '0.3');
  assert.equal(writeExact(multiply(parseExact('-1.5')!, tenth)), '-0.15');
  assert.equal(writeExact(divide(one, three)!), `0.${'3'.repeat(30)}`);
  assert.equal(writeExact(divideWhole(parseExact('-7')!, three)!), '-2');
  assert.equal(writeExact(remainder(parseExact('-7.5')!, three)!), '-1.5');
  assert.equal(divide(one, parseExact('0.0')!), null);
});

test('halves are rounded away from zero', () => {
  const rounded = (text: string) =>
    (['floor', 'ceiling', 'round', 'whole'] as const).map((how) =>
      writeExact(roundExact(parseExact(text)!, how)),
    );
  assert.deepEqual(rounded('2.5'), ['2', '3', '3', '2']);
  assert.deepEqual(rounded('-2.5'), ['-3', '-2', '-3', '-2']);
  assert.deepEqual(rounded('-2.4'), ['-3', '-2', '-2', '-2']);
  assert.deepEqual(rounded('7e3'), ['7000', '7000', '7000', '7000']);
});

test('what is no number, or too large, is null', () => {
  for (const text of ['', '1.', '.5', 'x', '1e1001', `${'9'.repeat(1001)}`, '1e99999', '0x1']) {
    assert.equal(encodeExact(parseExact(text)), null, text);
  }
  assert.equal(wholeOf(parseExact('9223372036854775807.9')!), 2n ** 63n - 1n);
  assert.equal(wholeOf(parseExact('9223372036854775808')!), null);
  assert.equal(writeExact(parseExact(`1e-150`)!), '0', 'cut off behind 100 digits');
});
