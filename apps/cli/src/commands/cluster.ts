import { resolve } from 'node:path';
import { cancelJob, JobFolder, Slurm, statusOfJob } from '@radiolect/reading-room';
import { Command, InvalidArgumentError } from 'commander';
import { followOnCluster } from '../cluster/follow-on-cluster.ts';
import { taskLine } from '../cluster/job-lines.ts';

export const cluster = new Command('cluster')
  .description('Looks after trainings that radiolect train --cluster submitted.')
  .addHelpText(
    'after',
    `
Examples:
  radiolect cluster status runs/sweep
  radiolect cluster follow runs/sweep
  radiolect cluster cancel runs/sweep`,
  );

cluster
  .command('status')
  .description('how every task stands')
  .argument('<folder>', 'the folder named with --out')
  .option('--json', 'print everything as JSON')
  .action(async (folder: string, { json }: { readonly json?: boolean }) => {
    const statuses = await statusOfJob(await JobFolder.open(resolve(folder)), new Slurm());
    const text = json ? JSON.stringify(statuses, null, 2) : statuses.map(taskLine).join('\n');
    process.stdout.write(`${text}\n`);
  });

cluster
  .command('follow')
  .description('goes on following a job whose follower was stopped, then gathers its results')
  .argument('<folder>', 'the folder named with --out')
  .option('--again', 'try tasks again that were given up or cancelled', false)
  .option('--every <seconds>', 'between two looks', positive, 5)
  .option('--json', 'print the gathered results as JSON', false)
  .action(
    async (folder: string, options: { readonly again: boolean; readonly every: number; readonly json: boolean }) => {
      const { again, every, json } = options;
      await followOnCluster(await JobFolder.open(resolve(folder)), { everySeconds: every, again, json });
    },
  );

cluster
  .command('cancel')
  .description('takes back what runs or waits; radiolect cluster follow --again goes on from the checkpoints')
  .argument('<folder>', 'the folder named with --out')
  .action(async (folder: string) => {
    const jobs = await cancelJob(await JobFolder.open(resolve(folder)), new Slurm());
    process.stderr.write(jobs.length === 0 ? 'nothing runs or waits\n' : `cancelled: ${jobs.join(', ')}\n`);
  });

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number of seconds above 0');
  return value;
}
