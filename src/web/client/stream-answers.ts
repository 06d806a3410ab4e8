import { readEvents, type StreamEvent } from './read-events.js';

interface ChatParts {
  readonly form: HTMLFormElement;
  readonly box: HTMLInputElement;
  readonly transcript: HTMLInputElement;
  readonly turns: HTMLElement;
  readonly announcement: HTMLElement;
}

/**
 * Shows answers while they are written, in the page that asks. What cannot be streamed is sent as a plain form; who has to
 * sign in first takes the question along.
 */
export function streamAnswers(): void {
  const parts = findParts();
  if (parts === null) return;
  let isAnswering = false;
  parts.form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isAnswering) return;
    isAnswering = true;
    void ask(parts)
      .then((isAnswered) => {
        if (!isAnswered) parts.form.submit();
      })
      .finally(() => {
        isAnswering = false;
        parts.form.removeAttribute('aria-busy');
      });
  });
}

function findParts(): ChatParts | null {
  const form = document.querySelector<HTMLFormElement>('.chat-form');
  const box = form?.querySelector<HTMLInputElement>('#q');
  const transcript = form?.querySelector<HTMLInputElement>('#transcript');
  const turns = document.querySelector<HTMLElement>('#turns');
  const announcement = document.querySelector<HTMLElement>('#announcement');
  if (!form || !box || !transcript || !turns || !announcement) return null;
  return { form, box, transcript, turns, announcement };
}

/** @returns Whether something was shown; false when the form is to be sent as it is. */
async function ask({ form, box, transcript, turns, announcement }: ChatParts): Promise<boolean> {
  form.setAttribute('aria-busy', 'true');
  announcement.textContent = announcement.dataset.searching ?? '';
  const fields = new URLSearchParams({ q: box.value, transcript: transcript.value });
  let turn: Element | null = null;
  let isWhole = false;
  try {
    const reply = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
      body: fields,
    });
    if (reply.status === 401) {
      const address = new URL(form.action);
      address.searchParams.set('q', box.value);
      location.assign(address);
      return true;
    }
    if (!reply.ok || reply.body === null || !isStream(reply)) return false;
    for await (const { name, data } of readEvents(reply.body)) {
      if (name === 'begin') {
        turn = begin(turns, data);
        box.value = '';
        box.dispatchEvent(new Event('input'));
      } else if (name === 'text') {
        turn?.querySelector('.answer-text')?.append(data.text ?? '');
        turn?.querySelector('.pending')?.remove();
      } else if (name === 'end') {
        isWhole = true;
        transcript.value = data.transcript ?? '';
        turn = replace(turn, data);
        const text = turn?.querySelector('.answer')?.textContent ?? '';
        announcement.textContent = `${announcement.dataset.answered ?? ''} ${text.trim()}`;
      }
    }
  } catch {
    // The stream was cut: what is there is not the whole answer.
  }
  if (turn !== null && !isWhole) {
    announcement.textContent = announcement.dataset.failed ?? '';
    fail(turn, announcement.textContent);
  }
  return turn !== null;
}

function isStream(reply: Response): boolean {
  return reply.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

function begin(turns: HTMLElement, { html }: StreamEvent['data']): Element | null {
  const heading = document.querySelector('.chat h1');
  heading?.classList.add('visually-hidden');
  for (const part of document.querySelectorAll('.chat > .lead, .chat > .samples')) part.remove();
  turns.insertAdjacentHTML('beforeend', html ?? '');
  const turn = turns.lastElementChild;
  turn?.scrollIntoView({ block: 'start' });
  return turn;
}

function replace(turn: Element | null, { html }: StreamEvent['data']): Element | null {
  if (turn === null) return null;
  turn.insertAdjacentHTML('afterend', html ?? '');
  const whole = turn.nextElementSibling;
  turn.remove();
  return whole;
}

function fail(turn: Element, message: string): void {
  turn.removeAttribute('aria-busy');
  turn.querySelector('.pending')?.remove();
  const note = document.createElement('p');
  note.className = 'problem';
  note.textContent = message;
  turn.append(note);
}
