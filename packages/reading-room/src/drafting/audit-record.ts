import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const share = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });
const recordSchema = z.object({
  studies: z.number(),
  sentences: z.object({ proposed: z.number(), replaced: z.number() }),
  verdicts: z.array(z.object({ code: z.string(), caught: z.boolean(), figure: z.string(), share, n: z.number() })),
  suggestions: z.object({ right: z.number(), n: z.number(), share }),
});

/** What `radiolect audit-drafter` measured of a model on synthetic studies. Shares are null where nothing was counted. */
export type AuditRecord = z.infer<typeof recordSchema>;

/** Where the audit of a model is kept. */
export const auditFile = (dataFolder: string, model: string): string =>
  join(dataFolder, 'drafter-audits', `${model}.json`);

/** The kept audit; undefined where the model was never audited or the file is broken. */
export async function readAudit(dataFolder: string, model: string): Promise<AuditRecord | undefined> {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(await readFile(auditFile(dataFolder, model), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
