import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, formatXml, textElement } from './xml-text.ts';

test('text and attributes are escaped, so that a parser gives them back as they were', () => {
  const attributes = { Name: 'a<b>&"c"\n\t', Left: undefined, Flag: true };
  const root = element('Root', attributes, [textElement('String', ' <&> '), element('Empty')]);
  assert.equal(
    formatXml(root),
    [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<Root Name="a&lt;b&gt;&amp;&quot;c&quot;&#10;&#9;" Flag="true">',
      '  <String> &lt;&amp;&gt; </String>',
      '  <Empty/>',
      '</Root>',
      '',
    ].join('\n'),
  );
});
