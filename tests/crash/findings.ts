/**
 * What a crash test holds against the service. `lost`: something acknowledged is not there, or something deleted is;
 * `wrong`: an answer that no acknowledged state gives, a refusal without a reason, a store that is not clean.
 */
export class Findings {
  lost: string[] = [];
  wrong: string[] = [];
  /** Articles, searches and stores that were looked at. */
  checks = 0;

  get isClean(): boolean {
    return this.lost.length === 0 && this.wrong.length === 0;
  }

  /** All of them, a line each, and forgets them. */
  take(): string {
    const text = this.toString();
    this.lost = [];
    this.wrong = [];
    return text;
  }

  /** All of them, a line each. */
  toString(): string {
    return [
      ...this.lost.map((finding) => `lost: ${finding}`),
      ...this.wrong.map((finding) => `wrong: ${finding}`),
    ].join('\n');
  }
}
