import { type Logger, type LoggerOptions, pino } from 'pino';
import sonicBoom from 'sonic-boom';

/** Until so many bytes are there, or so much time has passed, lines of requests wait to be written together. */
const TOGETHER_BYTES = 8_192;
const LONGEST_WAIT_MS = 100;
/** When whoever reads the log has stopped reading, newer lines are dropped instead of filling the memory. */
const MOST_WAITING_BYTES = 16 * 1_024 ** 2;
const WARNING = 40;
/** When the program ends, a reader that has stopped is tried again so often, a tenth of a second apart; then the rest is dropped. */
const LAST_TRIES = 10;

export interface OpenLog {
  readonly logger: Logger;
  /** Writes all that waits before it returns: for those who end the program without letting it come to its end. */
  writeOut(): void;
}

/**
 * The log, one JSON object a line. Writing takes a system call, which costs as much as a good part of a search: lines
 * are written together, at most a tenth of a second late, warnings and errors at once, and all that waits when the
 * program ends. Only a kill loses lines, those of the last tenth of a second. A reader that is slow does not hold up the
 * program, and one that is gone neither stops it nor keeps it from ending.
 * @param fd  2: what is asked for on stdout stays readable by other programs.
 */
export function openLogger(level: LoggerOptions['level'] & string, fd = 2): OpenLog {
  let isEnding = false;
  let triesLeft = LAST_TRIES;
  // Not pino's own destination, which waits for ever at the end of the program when the reader is gone.
  const lines = new sonicBoom.SonicBoom({
    fd,
    sync: false,
    minLength: TOGETHER_BYTES,
    maxLength: MOST_WAITING_BYTES,
    retryEAGAIN: () => !isEnding || triesLeft-- > 0,
  });
  // Whoever read the log is gone, or the disk is full: there is nobody left to tell.
  lines.on('error', () => {});
  const writeOut = () => {
    isEnding = true;
    try {
      lines.flushSync();
    } catch {
      // As above.
    }
  };
  process.once('exit', writeOut);
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
  return { logger, writeOut };
}
