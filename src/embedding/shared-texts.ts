/** How one text of a list is embedded by a member. */
type EmbedOne<Member, Text, Result> = (member: Member, text: Text) => Promise<Result>;

interface WaitingList<Member> {
  readonly length: number;
  /** Place of the next text that is handed over. */
  next: number;
  /** Settles when the text is embedded. */
  readonly embed: (place: number, member: Member) => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  done: number;
}

/** A member computes one text while the next is on its way to its thread. */
const MOST_AT_HAND = 2;

/**
 * Lists of texts that wait for whoever of several members has room: whoever joins late finds work at once, and none is idle
 * while another has a long list. One text of each list in turn, so that a short article does not wait for all of a book.
 */
export class SharedTexts<Member> {
  readonly #members: () => readonly Member[];
  readonly #lists: Array<WaitingList<Member>> = [];
  readonly #atHand = new Map<Member, number>();

  /** @param members  Those that there are at the moment. */
  constructor(members: () => readonly Member[]) {
    this.#members = members;
  }

  /** Texts that no member has yet. */
  get waiting(): number {
    return this.#lists.reduce((sum, { length, next }) => sum + length - next, 0);
  }

  /** @returns One result a text, in order. Rejects with the first error; what is left of the list is not handed over then. */
  async embed<Text, Result>(
    texts: readonly Text[],
    embedOne: EmbedOne<Member, Text, Result>,
  ): Promise<Result[]> {
    if (texts.length === 0) return [];
    const results = new Array<Result>(texts.length);
    await new Promise<void>((resolve, reject) => {
      const embed = async (place: number, member: Member) => {
        results[place] = await embedOne(member, texts[place] as Text);
      };
      this.#lists.push({ length: texts.length, next: 0, done: 0, embed, resolve, reject });
      this.handOver();
    });
    return results;
  }

  /** Gives members what they have room for. To be called when another one has joined. */
  handOver(): void {
    for (let list = this.#lists[0]; list !== undefined; list = this.#lists[0]) {
      const member = this.#memberWithRoom();
      if (member === null) return;
      this.#lists.shift();
      const place = list.next++;
      if (list.next < list.length) this.#lists.push(list);
      this.#atHand.set(member, this.#atHandOf(member) + 1);
      void this.#embed(list, place, member);
    }
  }

  async #embed(list: WaitingList<Member>, place: number, member: Member): Promise<void> {
    try {
      await list.embed(place, member);
      list.done += 1;
      if (list.done === list.length) list.resolve();
    } catch (error) {
      const at = this.#lists.indexOf(list);
      if (at >= 0) this.#lists.splice(at, 1);
      list.reject(error);
    } finally {
      const left = this.#atHandOf(member) - 1;
      if (left === 0) this.#atHand.delete(member);
      else this.#atHand.set(member, left);
      this.handOver();
    }
  }

  /** The one that has least at hand. */
  #memberWithRoom(): Member | null {
    const members = this.#members();
    const least = Math.min(...members.map((member) => this.#atHandOf(member)));
    if (least >= MOST_AT_HAND) return null;
    return members.find((member) => this.#atHandOf(member) === least) ?? null;
  }

  #atHandOf(member: Member): number {
    return this.#atHand.get(member) ?? 0;
  }
}
