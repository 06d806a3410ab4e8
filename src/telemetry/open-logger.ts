import { type Logger, type LoggerOptions, pino } from 'pino';

/** Until so many bytes are there, or so much time has passed, lines of requests wait to be written together. */
const TOGETHER_BYTES = 8_192;
const LONGEST_WAIT_MS = 100;
/** When whoever reads the log has stopped reading, newer lines are dropped instead of filling the memory. */
const MOST_WAITING_BYTES = 16 * 1_024 ** 2;
const WARNING = 40;

export interface OpenLog {
  readonly logger: Logger;
  /** Writes all that waits before it returns: for those who end the program without letting it come to its end. */
  writeOut(): void;
}

/**
 * The log, one JSON object a line. Writing takes a system call, which costs as much as a good part of a search: lines
 * are written together, at most a tenth of a second late, warnings and errors at once, and all that waits when the
 * program ends. Only a kill loses lines, those of the last tenth of a second. A reader that is slow does not hold up the program.
 * @param fd  2: what is asked for on stdout stays readable by other programs.
 */
export function openLogger(level: LoggerOptions['level'] & string, fd = 2): OpenLog {
  const lines = pino.destination({
    dest: fd,
    sync: false,
    minLength: TOGETHER_BYTES,
    maxLength: MOST_WAITING_BYTES,
  });
  let isDue = false;
  const flush = () => {
    isDue = false;
    lines.flush();
  };
  const logger = pino(
    {
      level,
      hooks: {
        logMethod(given, write, levelOfLine) {
          write.apply(this, given);
          if (levelOfLine >= WARNING) flush();
          else if (!isDue) {
            isDue = true;
            setTimeout(flush, LONGEST_WAIT_MS).unref();
          }
        },
      },
    },
    lines,
  );
  return { logger, writeOut: () => lines.flushSync() };
}
