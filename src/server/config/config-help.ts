import { type ConfigOption, configOptions, hasSource, variableOf } from './config-options.ts';

const COLUMNS_MAX = 100;

/** The text of `kith --help`: every option with its variable and default, and where files go. */
export function formatHelp(): string {
  const rows = configOptions.map((option) => ({ usage: formatUsage(option), option }));
  const indent = Math.max(...rows.map(({ usage }) => usage.length)) + 4;
  const lines = rows.flatMap(({ usage, option }) => {
    const text = wrapWords(formatAbout(option), COLUMNS_MAX - indent);
    return text.map((line, n) => (n === 0 ? `  ${usage}` : '').padEnd(indent) + line);
  });
  return [
    'Kith is a people server that speaks Microsoft Graph.',
    '',
    'Usage: kith [serve] [flags]',
    '',
    ...lines,
    '',
    'Flags win over variables, variables over the config file. In the file a name is written',
    'in camel case, as in { "dataDir": "people" }. --no-NAME takes a switch back.',
    '',
  ].join('\n');
}

function formatUsage(option: ConfigOption): string {
  const value = option.choices && option.choices.length <= 3 ? option.choices.join('|') : undefined;
  const shown = value ?? option.placeholder ?? (option.choices ? 'LEVEL' : undefined);
  const flag = option.short ? `-${option.short}, --${option.flag}` : `--${option.flag}`;
  return shown ? `${flag} ${shown}` : flag;
}

function formatAbout(option: ConfigOption): string {
  const { choices, fallback } = option;
  const notes: string[] = [];
  if (choices && choices.length > 3) notes.push(`One of ${choices.join(', ')}.`);
  if (typeof fallback === 'string' || typeof fallback === 'number') {
    notes.push(`Default: ${fallback}.`);
  }
  if (hasSource(option, 'variable')) notes.push(`[${variableOf(option)}]`);
  return [option.about, ...notes].join(' ');
}

function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
