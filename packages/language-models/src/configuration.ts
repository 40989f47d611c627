import { z } from 'zod';
import { addressProblem, isLoopback } from './address.ts';
import { InvalidModelConfigurationError } from './errors.ts';

const everyModel = {
  /** As it is called on the command line and in findings' sources. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash and underscore, 64 at most')
    .refine((name) => name !== 'rules' && name !== 'both', 'is the name of a reader of its own'),
  /** Tokens of prompt and answer together. */
  contextSize: z.number().int().min(256).optional(),
  /** Tokens of an answer at most, where the request names no number. */
  maxAnswerTokens: z.number().int().min(16).default(2048),
  pricePerMillionTokens: z
    .object({ input: z.number().min(0), output: z.number().min(0), currency: z.string().default('USD') })
    .strict()
    .optional(),
  /** Requests under way at once. */
  concurrency: z.number().int().min(1).max(64).default(1),
  timeoutSeconds: z.number().positive().max(3600).default(120),
};

const serverSchema = z
  .object({
    ...everyModel,
    kind: z.literal('openai-compatible'),
    /** Up to and with the version: `http://127.0.0.1:8000/v1`. */
    baseUrl: z.string().superRefine((text, context) => {
      const problem = addressProblem(text);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    }),
    /** As the server calls it. */
    model: z.string().min(1),
    /** Name of the environment variable that holds the key; the key itself never stands in a file. */
    apiKeyEnv: z
      .string()
      .regex(/^[A-Z_][A-Z0-9_]*$/, 'is not the name of an environment variable')
      .optional(),
    seesImages: z.boolean().default(false),
    /** Needed for an address that is not this computer. */
    mayReceivePatientText: z.boolean().default(false),
    /** After a failure that may pass (429, 5xx, no connection), with growing pauses. */
    retries: z.number().int().min(0).max(10).default(2),
  })
  .strict();

const fileSchema = z
  .object({
    ...everyModel,
    kind: z.literal('gguf'),
    /** Path of a GGUF file; a relative one starts at the data folder. */
    file: z.string().min(1),
    /** Processor threads; llama.cpp's own choice where left out. */
    threads: z.number().int().min(1).optional(),
  })
  .strict();

const configurationSchema = z.discriminatedUnion('kind', [serverSchema, fileSchema]);

export type LanguageModelConfiguration = z.output<typeof configurationSchema>;
export type ServerModelConfiguration = z.output<typeof serverSchema>;
export type FileModelConfiguration = z.output<typeof fileSchema>;
/** As a person writes it: what has a default may be left out. */
export type LanguageModelSettings = z.input<typeof configurationSchema>;

/** One configuration, with its defaults. Throws InvalidModelConfigurationError naming the field and the fix. */
export function parseModelConfiguration(json: unknown): LanguageModelConfiguration {
  const parsed = configurationSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = nameOf(json);
    throw new InvalidModelConfigurationError(
      `language model${name}, ${issue?.path.join('.') || 'form'}: ${issue?.message ?? 'malformed'}`,
      'docs/language-models.md lists the fields',
    );
  }
  if (leavesComputer(parsed.data) && !mayReceivePatientText(parsed.data))
    throw new InvalidModelConfigurationError(
      `language model${nameOf(json)} is not on this computer, and would receive the text of reports`,
      'if that is allowed where you work, add "mayReceivePatientText": true',
    );
  return parsed.data;
}

/** The configurations of a `language-models.json`: `{"models": [ … ]}`. Throws InvalidModelConfigurationError. */
export function parseModelConfigurations(text: string): readonly LanguageModelConfiguration[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InvalidModelConfigurationError('language-models.json is not JSON', 'correct it');
  }
  const models = z.object({ models: z.array(z.unknown()) }).safeParse(json);
  if (!models.success)
    throw new InvalidModelConfigurationError(
      'language-models.json has no list "models"',
      'docs/language-models.md shows its form',
    );
  const configurations = models.data.models.map(parseModelConfiguration);
  const names = configurations.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InvalidModelConfigurationError(`two language models are called "${twice}"`, 'rename one');
  return configurations;
}

/** Whether the text of reports leaves this computer with this model. */
export const leavesComputer = (configuration: LanguageModelConfiguration): boolean =>
  configuration.kind === 'openai-compatible' && !isLoopback(new URL(configuration.baseUrl));

/** The banner of a model that is not on this computer, for the terminal and the page; undefined for one that is. */
export function patientTextBanner(configuration: LanguageModelConfiguration): string | undefined {
  if (configuration.kind !== 'openai-compatible' || !leavesComputer(configuration)) return undefined;
  const { host, protocol } = new URL(configuration.baseUrl);
  const plain = protocol === 'http:' ? ', unencrypted' : '';
  return `The text of reports is sent to ${host}${plain} (language model "${configuration.name}").`;
}

const mayReceivePatientText = (configuration: LanguageModelConfiguration): boolean =>
  configuration.kind === 'gguf' || configuration.mayReceivePatientText;

function nameOf(json: unknown): string {
  const name = (json as { name?: unknown } | null)?.name;
  return typeof name === 'string' && name.length < 80 ? ` "${name}"` : '';
}
