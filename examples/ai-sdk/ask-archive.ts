import { generateText, type LanguageModel, stepCountIs, tool } from 'ai';
import { z } from 'zod';

export interface ArchiveOptions {
  /** Where the service is, such as `http://localhost:3000`. */
  readonly url: string;
  /** When the service asks for keys. */
  readonly apiKey?: string;
}

/** A passage as the model gets it: numbered, so that it can be cited. */
export interface Source {
  readonly number: number;
  readonly title: string;
  readonly url: string | null;
  readonly text: string;
}

interface Reply {
  readonly hits: ReadonlyArray<Omit<Source, 'number'>>;
  /** Whether the archive is likely to answer the question at all. */
  readonly answerable: boolean;
  readonly error?: { readonly message: string };
}

/**
 * A tool that searches the archive, for any agent that is made with the AI SDK.
 * @param sources  Gets all that was found, so that numbers go on from one search to the next.
 */
export function archiveTool({ url, apiKey }: ArchiveOptions, sources: Source[] = []) {
  return tool({
    description:
      'Searches an archive of Arabic and English articles. Ask in either language: passages are found in both.',
    inputSchema: z.object({ query: z.string().describe('A whole question.') }),
    execute: async ({ query }, { abortSignal }): Promise<{ answerable: boolean; sources: Source[] }> => {
      const response = await fetch(`${url}/v1/search`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify({ query, limit: 5 }),
        signal: abortSignal ?? null,
      });
      const { hits, answerable, error } = (await response.json()) as Reply;
      if (error !== undefined) throw new Error(error.message);
      const found = hits.map(({ title, url: link, text }, i) => ({
        number: sources.length + i + 1,
        title,
        url: link,
        text,
      }));
      sources.push(...found);
      return { answerable, sources: found };
    },
  });
}

export interface Answer {
  readonly text: string;
  /** What the answer was given from. */
  readonly sources: readonly Source[];
}

/**
 * Answers a question from the archive alone, in the language of the question.
 * @param model  Any model of the AI SDK, such as `openai('…')` of `@ai-sdk/openai`.
 */
export async function askArchive(
  question: string,
  { model, ...archive }: ArchiveOptions & { readonly model: LanguageModel },
): Promise<Answer> {
  const sources: Source[] = [];
  const { text } = await generateText({
    model,
    tools: { archive: archiveTool(archive, sources) },
    // Search, perhaps search again, and answer.
    stopWhen: stepCountIs(4),
    system:
      'Search the archive, then answer from what was found and from nothing else, in the language of the question. ' +
      'Cite the number of a source behind what it says, like [1]. If the archive does not answer, say so.',
    prompt: question,
  });
  return { text, sources };
}
