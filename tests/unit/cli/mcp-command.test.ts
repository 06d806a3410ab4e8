import { describe, expect, it } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import { runCaptured } from './run-captured.js';

describe('fihrist mcp', () => {
  it('speaks until it is interrupted, and prints nothing of its own', async () => {
    const interruption = new AbortController();
    const heard: AbortSignal[] = [];
    const serveMcp = async (signal: AbortSignal) => {
      heard.push(signal);
    };
    const run = await runCaptured(['mcp'], { serveMcp }, { interrupted: interruption.signal });
    expect(run).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(heard).toEqual([interruption.signal]);
  });

  it('says on standard error why it cannot', async () => {
    const serveMcp = async () => {
      throw new FihristError('STORE_UNUSABLE', 'There is no archive yet.');
    };
    const run = await runCaptured(['mcp'], { serveMcp });
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
    expect(run.stderr).toContain('There is no archive yet. (STORE_UNUSABLE)');
  });
});
