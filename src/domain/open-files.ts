/** What the program needs, which loads many files at once. */
const ENOUGH_OPEN_FILES = 1_024;

/** What to do about an error that comes of too few open files, as the end of a sentence; null for any other error. */
export function openFilesRemedy(error: Error): string | null {
  return isOfTooFewFiles(error) ? `raise the limit of open files (ulimit -n) to ${ENOUGH_OPEN_FILES}` : null;
}

/** Node says of a package whose description it could not open that there is none. */
function isOfTooFewFiles(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  if (/^(EMFILE|ENFILE)$/.test(code)) return true;
  if (code !== 'ERR_MODULE_NOT_FOUND') return false;
  const report = process.report?.getReport() as
    | { userLimits?: { open_files?: { soft?: number | string } } }
    | undefined;
  return Number(report?.userLimits?.open_files?.soft) < ENOUGH_OPEN_FILES;
}
