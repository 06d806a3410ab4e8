import { basename } from 'node:path';

/** What to do about a file of the index folder that is damaged, as a sentence. */
export function remedyOf(path: string): string {
  switch (basename(path)) {
    case 'fihrist.lock':
      return 'It tells nothing but who writes to the folder: remove it when nobody does.';
    case 'keys.db':
      return 'Restore a backup, or remove it and keys.made beside it and make new keys.';
    default:
      return 'Restore a backup, or move the index folder away and index the articles anew.';
  }
}
