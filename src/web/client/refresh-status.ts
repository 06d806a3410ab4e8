/** Renews the figures of the page about the state of the service, as long as somebody can see them. */
export function refreshStatus(): void {
  const seconds = Number(document.querySelector<HTMLElement>('[data-refresh]')?.dataset.refresh ?? 0);
  if (seconds === 0) return;
  showHint();
  setInterval(() => {
    if (!document.hidden) void renew().catch(() => {}); // the next time may succeed
  }, seconds * 1_000);
}

async function renew(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  // The session is over: the page leads to where one signs in, as it would when it is read again.
  if (response.redirected) return location.reload();
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.querySelector('[data-refresh]');
  const shown = document.querySelector('[data-refresh]');
  if (fresh === null || shown === null) return;
  // The state is announced when it changes, and only then: it keeps its element while the words are the same.
  const state = shown.querySelector('.state');
  const freshState = fresh.querySelector('.state');
  if (state !== null && freshState !== null) {
    if (state.textContent !== freshState.textContent) state.textContent = freshState.textContent;
    state.className = freshState.className;
    freshState.replaceWith(state);
  }
  shown.replaceChildren(...fresh.childNodes);
  showHint();
}

function showHint(): void {
  document.querySelector('.refreshes')?.removeAttribute('hidden');
}
