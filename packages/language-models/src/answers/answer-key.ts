import type { CompletionRequest } from '@radiolect/reports';

/** SHA-256 (hex) over all that an answer depends on: the model, and every part of the request, pictures included. */
export async function answerKey(
  identity: string,
  { system, prompt, schema, images = [], variant = 0, maxTokens }: CompletionRequest,
): Promise<string> {
  const pictures = await Promise.all(
    images.map(async ({ mediaType, meaning, data }) => [mediaType, meaning, await sha256(data)]),
  );
  const parts = [identity, system, prompt, schema, pictures, variant, maxTokens ?? null];
  return await sha256(new TextEncoder().encode(JSON.stringify(parts)));
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
