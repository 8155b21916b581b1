import { destination, type Logger, pino } from 'pino';

/** The logger that everything is handed. */
export type Log = Logger;

/** The levels that `--log-level` takes, least talkative first. */
export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A JSON logger on stderr: stdout belongs to the one line that says Kith is ready. */
export function openLog(level: LogLevel): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination(2));
}
