import type { ArchiveAccess, CliArchive, CliServices } from './cli-services.js';

/** Opens the archive for `work` and closes it however that ends. */
export async function withArchive<Result>(
  services: CliServices,
  access: ArchiveAccess,
  work: (archive: CliArchive) => Promise<Result>,
): Promise<Result> {
  const archive = await services.openArchive(access);
  try {
    return await work(archive);
  } finally {
    await archive.close();
  }
}
