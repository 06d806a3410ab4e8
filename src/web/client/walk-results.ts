/**
 * Search by keys: `/` goes to the question, arrows go through the results (Enter opens one, as links do), Escape empties
 * the question or goes back to it.
 */
export function walkResults(): void {
  const box = document.querySelector<HTMLInputElement>('#q');
  if (box === null) return;
  const titles = [...document.querySelectorAll<HTMLAnchorElement>('.entry-title')];
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const active = document.activeElement;
    const inBox = active === box;
    if (!inBox && isField(active)) return;
    if (event.key === '/' && !inBox) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const at = titles.findIndex((title) => title.closest('.entry')?.contains(active) ?? false);
      const next = event.key === 'ArrowDown' ? titles[at + 1] : at > 0 ? titles[at - 1] : null;
      if (next === undefined || (next === null && at === -1)) return;
      event.preventDefault();
      (next ?? box).focus();
    } else if (event.key === 'Escape') {
      if (inBox) box.value = '';
      box.dispatchEvent(new Event('input'));
      box.focus();
    }
  });
}

function isField(element: Element | null): boolean {
  return element?.matches('input, select, textarea, [contenteditable]') ?? false;
}
