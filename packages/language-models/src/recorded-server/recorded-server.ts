import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** What a client asked, taken from the body of `/v1/chat/completions`. */
export interface RecordedRequest {
  readonly model: string;
  readonly system: string;
  /** The text parts of the last user message, joined by line ends. */
  readonly prompt: string;
  /** Pictures of the last user message, as data URLs. */
  readonly images: readonly string[];
  /** The schema of `response_format`, where one was sent. */
  readonly schema: unknown;
  readonly stream: boolean;
  /** How many requests came before this one. */
  readonly index: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer's text, or what else a server may do. `object` is sent as JSON. */
export type RecordedAnswer =
  | string
  | {
      readonly text?: string;
      readonly object?: unknown;
      /** Other than 200: a refusal with `text` as its message. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
      readonly finishReason?: 'stop' | 'length';
      /** Before the answer begins, and between the pieces of a stream. */
      readonly delayMs?: number;
      readonly pieceDelayMs?: number;
    };

/** The answer to the first request whose prompt holds `prompt`. Pairs may be used again and again. */
export interface RecordedPair {
  readonly prompt: string;
  readonly answer: RecordedAnswer;
}

export type RecordedAnswers =
  | readonly RecordedPair[]
  | ((request: RecordedRequest) => RecordedAnswer | Promise<RecordedAnswer>);

export interface RecordedServer {
  /** For `baseUrl`: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** Every request so far, in order. */
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const imagePart = z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) });
const bodySchema = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  messages: z.array(
    z.object({ role: z.string(), content: z.union([z.string(), z.array(z.union([textPart, imagePart]))]) }),
  ),
  response_format: z.looseObject({ json_schema: z.object({ schema: z.unknown() }).optional() }).optional(),
});

/** A server on this computer that speaks the OpenAI chat protocol and gives recorded answers. Port 0 picks a free one. */
export async function startRecordedServer(answers: RecordedAnswers, port = 0): Promise<RecordedServer> {
  const requests: RecordedRequest[] = [];
  const answerOf = async (request: RecordedRequest): Promise<RecordedAnswer> => {
    if (typeof answers === 'function') return await answers(request);
    const pair = answers.find(({ prompt }) => request.prompt.includes(prompt));
    return pair?.answer ?? { status: 404, text: 'nothing is recorded for this prompt' };
  };
  const server = createServer((message, response) => {
    handle(message, response).catch(() => response.destroy());
  });

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(message.url ?? '/', 'http://localhost').pathname;
    if (message.method === 'GET' && path === '/v1/models') {
      send(response, 200, { object: 'list', data: [{ id: 'recorded', object: 'model', owned_by: 'recorded' }] });
      return;
    }
    if (message.method !== 'POST' || path !== '/v1/chat/completions') {
      send(response, 404, { error: { message: `no such address: ${message.method} ${path}` } });
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of message) pieces.push(piece as Buffer);
    const parsed = bodySchema.safeParse(JSON.parse(Buffer.concat(pieces).toString('utf8')));
    if (!parsed.success) {
      send(response, 400, { error: { message: 'the request has another form', issues: parsed.error.issues } });
      return;
    }
    const request = recordedRequest(parsed.data, message, requests.length);
    requests.push(request);
    await reply(response, request, await answerOf(request));
  }

  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', ready);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

function recordedRequest(body: z.output<typeof bodySchema>, message: IncomingMessage, index: number): RecordedRequest {
  const textOf = (content: z.output<typeof bodySchema>['messages'][number]['content']): string =>
    typeof content === 'string'
      ? content
      : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  const last = body.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return {
    model: body.model,
    system: body.messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => textOf(content))
      .join('\n'),
    prompt: textOf(last),
    images: typeof last === 'string' ? [] : last.flatMap((part) => ('image_url' in part ? [part.image_url.url] : [])),
    schema: body.response_format?.json_schema?.schema,
    stream: body.stream === true,
    index,
    headers: message.headers,
    body,
  };
}

async function reply(response: ServerResponse, request: RecordedRequest, answer: RecordedAnswer): Promise<void> {
  const told = typeof answer === 'string' ? { text: answer } : answer;
  const text = told.text ?? (told.object === undefined ? '' : JSON.stringify(told.object));
  if (told.delayMs !== undefined) await pause(told.delayMs);
  if (told.status !== undefined && told.status !== 200) {
    send(response, told.status, { error: { message: text } }, told.headers);
    return;
  }
  const usage = {
    prompt_tokens: told.usage?.inputTokens ?? words(request.system) + words(request.prompt),
    completion_tokens: told.usage?.outputTokens ?? words(text),
  };
  const whole = { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens };
  const about = { id: `recorded-${request.index}`, created: 0, model: request.model };
  const finish = told.finishReason ?? 'stop';
  if (!request.stream) {
    const choice = { index: 0, message: { role: 'assistant', content: text }, finish_reason: finish };
    send(response, 200, { ...about, object: 'chat.completion', choices: [choice], usage: whole }, told.headers);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', ...told.headers });
  const chunk = (part: object): void => {
    response.write(`data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk', ...part })}\n\n`);
  };
  for (const piece of text.match(/[\s\S]{1,24}/g) ?? []) {
    if (response.destroyed) return;
    chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: piece }, finish_reason: null }] });
    if (told.pieceDelayMs !== undefined) await pause(told.pieceDelayMs);
  }
  chunk({ choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  chunk({ choices: [], usage: whole });
  response.end('data: [DONE]\n\n');
}

function send(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A stand-in for tokens, for answers that record no usage. */
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
