/** Remembers a part that was opened, to close it later. */
export type Keep = <Part extends { close(): Promise<void> }>(part: Part) => Part;

/** Closes what was opened, last first, when opening fails half way or when the archive is closed. */
export async function openParts<Opened>(
  open: (keep: Keep) => Promise<(closeAll: () => Promise<void>) => Opened>,
): Promise<Opened> {
  const opened: Array<{ close(): Promise<void> }> = [];
  const closeAll = async () => {
    for (const part of opened.reverse()) await part.close().catch(() => {});
  };
  try {
    const assemble = await open((part) => {
      opened.push(part);
      return part;
    });
    return assemble(closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}
