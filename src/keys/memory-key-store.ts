import type { KeyStore, StoredKey } from './key-store.js';

/** The key store without a disk, for tests of everything around it. */
export class MemoryKeyStore implements KeyStore {
  readonly #keys = new Map<string, StoredKey>();

  async add(key: StoredKey): Promise<void> {
    if (this.#keys.has(key.id)) throw new Error(`there is a key ${key.id} already`);
    this.#keys.set(key.id, key);
  }

  async find(id: string): Promise<StoredKey | null> {
    return this.#keys.get(id) ?? null;
  }

  async list(): Promise<StoredKey[]> {
    return [...this.#keys.values()].sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
  }

  async isEmpty(): Promise<boolean> {
    return this.#keys.size === 0;
  }

  async revoke(id: string, revokedAtMs: number): Promise<StoredKey | null> {
    const key = this.#keys.get(id);
    if (key === undefined) return null;
    const revoked = { ...key, revokedAtMs: key.revokedAtMs ?? revokedAtMs };
    this.#keys.set(id, revoked);
    return revoked;
  }

  async recordUses(lastUsedAtMs: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, usedAtMs] of lastUsedAtMs) {
      const key = this.#keys.get(id);
      if (key === undefined || usedAtMs <= (key.lastUsedAtMs ?? 0)) continue;
      this.#keys.set(id, { ...key, lastUsedAtMs: usedAtMs });
    }
  }

  async close(): Promise<void> {}
}
