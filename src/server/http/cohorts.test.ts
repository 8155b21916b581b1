import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Cohorts } from './cohorts.ts';

/** Cohorts that tell in what order they do what they are given. */
function watched(answer: (request: string) => string | Promise<string> = (each) => each) {
  const steps: string[] = [];
  const cohorts = new Cohorts<string, string>(
    (request) => {
      steps.push(`answer ${request}`);
      return answer(request);
    },
    (request, answered) => steps.push(`send ${request}: ${answered}`),
    (work) => {
      steps.push('together');
      work();
      steps.push('apart');
    },
  );
  return { cohorts, steps };
}

test('all requests of a turn are answered before the first answer is sent', async () => {
  const { cohorts, steps } = watched();
  cohorts.take('a');
  cohorts.take('b');
  assert.deepEqual(steps, []);
  await turn();
  assert.deepEqual(steps, ['together', 'answer a', 'answer b', 'apart', 'send a: a', 'send b: b']);
});

test('a request alone is answered without more ado', async () => {
  const { cohorts, steps } = watched();
  cohorts.take('a');
  await turn();
  assert.deepEqual(steps, ['answer a', 'send a: a']);
});

test('answers that take long let those before them go', async () => {
  const slow = (request: string) => {
    if (request === 'slow') {
      const until = performance.now() + 5;
      while (performance.now() < until);
    }
    return request;
  };
  const { cohorts, steps } = watched(slow);
  const before = ['answer a', 'answer slow', 'send a: a', 'send slow: slow'];
  for (const each of ['a', 'slow', 'b']) cohorts.take(each);
  await turn();
  assert.deepEqual(steps.slice(0, 5), ['together', ...before]);
  assert.deepEqual(steps.slice(5), ['answer b', 'apart', 'send b: b']);
});

test('what is answered later holds up nothing, and goes with what has come by then', async () => {
  const waiting = Promise.withResolvers<string>();
  const { cohorts, steps } = watched((each) => (each === 'late' ? waiting.promise : each));
  cohorts.take('late');
  cohorts.take('a');
  await turn();
  assert.deepEqual(steps, ['together', 'answer late', 'answer a', 'apart', 'send a: a']);
  waiting.resolve('there');
  await waiting.promise;
  cohorts.take('b');
  await turn();
  await turn();
  assert.deepEqual(steps.slice(5), ['answer b', 'send late: there', 'send b: b']);
});
