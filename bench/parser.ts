/** Parses per CPU-second of one filter, and the cost of hostile nesting: `node bench/parser.ts`. */
import { parseFilter } from '#odata/language/parse-option.ts';
import { parseQuery } from '#odata/language/parse-query-options.ts';
import { parseRelativeUrl } from '#odata/language/parse-url.ts';

const filter =
  "startswith(displayName,'A') and department eq 'Sales' and " +
  'assignedLicenses/any(x:x/skuId eq 2e1281ae-81ae-2e12-ae81-122eae81122e)';

const measured: Readonly<Record<string, () => unknown>> = {
  'the filter': () => parseFilter(filter),
  'a query': () => parseQuery(`$filter=${encodeURIComponent(filter)}&$top=20&$select=id,mail`),
  'a URL': () => parseRelativeUrl('/users/2e1281ae-81ae-2e12-ae81-122eae81122e?$select=id,mail'),
};

const runs = 300_000;
for (const [name, parse] of Object.entries(measured)) {
  const rates = [0, 1, 2, 3].map(() => {
    const before = process.cpuUsage();
    for (let run = 0; run < runs; run++) parse();
    const { user, system } = process.cpuUsage(before);
    return Math.round((runs / (user + system)) * 1e6);
  });
  console.log(`${name}: ${rates.join(', ')} parses per CPU-second`);
}

for (const part of ['(', 'not ', '[', 'a/any(x:', 'concat(']) {
  const text = part.repeat(10_240 / part.length);
  const before = performance.now();
  let answer = 'accepted';
  try {
    parseFilter(text);
  } catch (refusal) {
    answer = (refusal as Error).message;
  }
  console.log(`10 KB of '${part}': ${(performance.now() - before).toFixed(2)} ms, ${answer}`);
}
