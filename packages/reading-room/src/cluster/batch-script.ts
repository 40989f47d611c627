/**
 * What each task of the array runs: the commands of `tasks/<index>`, one file each, their arguments parted by NUL. The
 * script is the same for every job, so nothing that a person typed is ever read as shell. It hands the warning before
 * the end of its time on to the training, which then writes a checkpoint.
 */
export const batchScript = `#!/bin/bash
set -uo pipefail
child=
trap '[ -n "$child" ] && kill -TERM "$child" 2>/dev/null' TERM INT
for file in "tasks/$SLURM_ARRAY_TASK_ID"/*.command; do
  mapfile -d '' -t command < "$file"
  "\${command[@]}" &
  child=$!
  wait "$child"
  code=$?
  # A signal that is trapped ends the wait, not the child.
  while kill -0 "$child" 2>/dev/null; do
    wait "$child"
    code=$?
  done
  [ "$code" -eq 0 ] || exit "$code"
done
`;

/** A command as its file holds it. Throws a RangeError where an argument holds NUL, which no program can be given. */
export function commandFile(command: readonly string[]): string {
  if (command.some((part) => part.includes('\0'))) throw new RangeError('an argument holds a NUL character');
  return command.map((part) => `${part}\0`).join('');
}
