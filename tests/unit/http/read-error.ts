import { expect } from 'vitest';

/** Expects the reply to be an error in the documented form and gives it back. */
export async function errorOf(response: Response, status: number, code: string) {
  const text = await response.text();
  expect(text).not.toContain('.ts:');
  const { error } = JSON.parse(text);
  expect([response.status, error.code]).toEqual([status, code]);
  expect(Object.keys(error)).toEqual(['code', 'message', 'type', 'details', 'link']);
  expect(error.link).toBe(`/docs/errors#${code.toLowerCase()}`);
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{1,64}$/);
  return error as { message: string; type: string; details: Record<string, unknown> };
}
